"""Recordings: the sound or film that goes with a story, found among the site's files."""

from collections.abc import Iterator, Mapping

from generator.model.addresses import ABSOLUTE, web_url
from generator.model.article import Article, Image
from generator.model.config import Config
from generator.model.forbidden import way_to_allow
from generator.model.pictures import Picture
from generator.model.policy import Policy
from generator.model.problems import Place, Problem, warning
from generator.model.recordings import NOUNS, UNTOLD, Captions, Clip, Medium, Recording, type_of
from generator.model.values import frozen, replace
from generator.plan.cards import HINT
from generator.plan.near_files import NearFiles
from generator.plan.own_files import Files
from generator.plan.pictures import file_of, media_url, picture_of


@frozen
class Found:
    """Where a name in front matter leads: its URL, and bytes, pixels and seconds where known.

    Without a `url` there is no such file.
    """

    url: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    seconds: int = 0


def recordings_of(
    article: Article, picture: Picture | None, files: Files, config: Config
) -> Mapping[Medium, Recording]:
    """The sound and the film of a story, as far as they are there.

    A film without a poster of its own has the story's picture.
    """
    if not (article.audio or article.video):  # nearly all
        return {}
    found = {
        medium: _recording(clip, medium, article, files, config)
        for medium, clip in article.clips.items()
    }
    return {
        medium: replace(one, poster=one.poster or picture) if medium is Medium.VIDEO else one
        for medium, one in found.items()
        if one
    }


def _recording(
    clip: Clip, medium: Medium, article: Article, files: Files, config: Config
) -> Recording | None:
    own = _found(clip.src, article, files, config)
    if not own.url:
        return None
    poster, _ = _poster(clip, article, files, config)
    language = article.language or config.language
    captions = (
        Captions(_found(one.url, article, files, config).url, one.language or language)
        for one in clip.captions
    )
    return Recording(
        medium=str(medium),
        url=own.url,
        media_type=clip.type or type_of(clip.src, medium) or UNTOLD[medium],
        title=clip.title,
        seconds=clip.seconds or own.seconds,
        size=clip.size if ABSOLUTE.match(clip.src) else own.size or clip.size,
        width=own.width,
        height=own.height,
        poster=poster,
        captions=tuple(one for one in captions if one.url),
        transcript_url=_found(clip.transcript, article, files, config).url,
        episode=clip.episode,
        season=clip.season,
        episode_type=str(clip.episode_type),
        explicit=clip.explicit,
    )


def _found(name: str, article: Article, files: Files, config: Config) -> Found:
    if not name:
        return Found()
    if ABSOLUTE.match(name):
        return Found(web_url(f"https:{name}" if name.startswith("//") else name))
    file, place = file_of(name, article.source.path, article.address, files)
    if file:
        return Found(config.base.url(place), file.size, file.width, file.height, file.seconds)
    return Found(media_url(name, config.media.base)) if config.media.base else Found()


def _poster(
    clip: Clip, article: Article, files: Files, config: Config
) -> tuple[Picture | None, str]:
    image = Image(clip.poster) if clip.poster else None
    return picture_of(image, article.source.path, article.address, files, config, is_bare=True)


def recording_faults(
    article: Article, files: Files, config: Config, near: NearFiles
) -> Iterator[Problem]:
    """What is wrong with what a story lets hear and see: missing files, what nobody can load."""
    place, severity = Place(article.source.path), config.links.severity(article.date)
    for medium, clip in article.clips.items():
        keys = (str(medium),)
        named = [(NOUNS[medium], clip.src), ("transcript", clip.transcript)]
        named += [("captions", one.url) for one in clip.captions]
        for noun, name in named:
            if name and not _found(name, article, files, config).url:
                hint = near.hint(name, article.source.path) or HINT
                yield Problem(place, f'no such {noun}: "{name}"', hint, severity, keys=keys)
        if medium is Medium.VIDEO and not (clip.poster or article.image):
            hint = "Add a poster: or an image:. Readers see it before they play the film."
            yield warning(place, "a film without a picture", hint, keys=keys)
        if fault := _poster(clip, article, files, config)[1]:
            hint = near.hint(clip.poster, article.source.path) or HINT
            yield Problem(place, fault, hint, severity, keys=keys)
        url = _found(clip.src, article, files, config).url
        yield from _forbidden(medium, url, place, config)


def _forbidden(medium: Medium, url: str, place: Place, config: Config) -> Iterator[Problem]:
    """A warning of a recording elsewhere that browsers do not load."""
    policy = config.policy if config.outputs.headers_file else Policy()
    if not ABSOLUTE.match(url) or policy.allows("media-src", url, config.base.origin):
        return
    hint = "Write https: instead of http:, if the other site has it."
    if url.lower().startswith("https:"):
        source = "/".join(url.split("/")[:3])
        hint = way_to_allow("media-src", source)
    message = f"the site's policy keeps this {NOUNS[medium]} from readers"
    yield warning(place, message, hint, keys=(str(medium),))
