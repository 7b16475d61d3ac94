"""What the usual shortcodes of WordPress and its plug-ins stand for, as HTML."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from generator.importers.uploads import Attachment, Uploads
from generator.importers.wordpress_shortcodes import CODES, Converter, Shortcode, code

PICTURE = re.compile(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a\s*>)?)(.*)", re.DOTALL | re.IGNORECASE
)
NUMBER = re.compile(r"\d+")
ADDRESS = re.compile(r"https?://\S+|//\S+")
AUDIO = ("src", "mp3", "m4a", "ogg", "wav", "wma", "url")
VIDEO = ("src", "mp4", "webm", "m4v", "ogv", "flv", "url")
KINDS = {
    "audio": frozenset({"mp3", "m4a", "ogg", "wav", "flac"}),
    "video": frozenset({"mp4", "webm", "m4v", "ogv", "mov"}),
    "image": frozenset({"jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp"}),
}
PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
EMBEDS: tuple[str, ...] = (
    "embed",
    "soundcloud",
    "facebook",
    "tiktok",
    "spotify",
    "ted",
    "flickr",
    "slideshare",
)
EMBEDS += ("googlemaps", "googlemap", "scribd", "issuu", "storify", "gist", "vine", "bandcamp")
NOTES = ("footnote", "footnotes", "ref", "fn", "efn_note", "mfn", "sidenote", "note_item")
BUTTONS = ("button", "btn", "vc_btn", "su_button", "link")
PULLED = ("pullquote", "pull_quote", "su_pullquote", "quote_right", "quote_left")
QUOTED = ("quote", "blockquote", "su_quote")
PLAIN = ("dropcap", "highlight", "raw", "center", "align", "su_dropcap", "su_highlight", "nobr")


class Converters:
    """The converters for one body at a time: galleries belong to `text`, notes are gathered."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self._text = ""
        self._notes: list[str] = []

    def begin(self, text: str) -> None:
        """Begin the body of the text with this number."""
        self._text, self._notes = text, []

    def notes(self) -> str:
        """The footnotes of the body, as a list that leads back."""
        items = (
            f'<li id="wpfn-{number}">{note} <a href="#wpfnref-{number}">\u21a9</a></li>'
            for number, note in enumerate(self._notes, 1)
        )
        return f"\n\n<ol>{''.join(items)}</ol>" if self._notes else ""

    def all(self) -> dict[str, Converter]:
        """Every converter by the name of its shortcode."""
        found: dict[str, Converter] = {
            "caption": _caption,
            "wp_caption": _caption,
            "media-credit": _credit,
            "gallery": self._gallery,
            "playlist": self._playlist,
            "audio": self._audio,
            "video": self._video,
            "tab": _titled,
            "toggle": _titled,
            "vc_single_image": self._one_picture,
            **dict.fromkeys(("et_pb_image", "av_image", "fusion_imageframe"), _picture),
        }
        made: Sequence[tuple[Sequence[str], Callable[[Shortcode], str]]] = (
            (tuple(PLAYERS), _player),
            (EMBEDS, _embed),
            (NOTES, self._note),
            (BUTTONS, _button),
            (PULLED, _pulled),
            (QUOTED, _quoted),
            (PLAIN, _plain),
            (sorted(CODES), code),
        )
        for names, converter in made:
            found |= dict.fromkeys(names, converter)
        return found

    def _gallery(self, shortcode: Shortcode) -> str:
        return _gallery_of(map(self._figure, self._files(shortcode, "image")))

    def _one_picture(self, shortcode: Shortcode) -> str:
        known = self._uploads.by_id.get(shortcode.get("image", "img_id"))
        return self._figure(known) if known else _picture(shortcode)

    def gallery_of(self, ids: Sequence[str]) -> str:
        """Figures of some attachments."""
        known = self._uploads.by_id
        return _gallery_of(self._figure(known[one]) for one in ids if one in known)

    def _files(self, shortcode: Shortcode, kind: str) -> Iterator[Attachment]:
        """The files that a gallery names, or else those that belong to its text."""
        ids = NUMBER.findall(shortcode.get("ids", "include"))
        known = self._uploads.by_id
        if ids:
            yield from (known[one] for one in ids if one in known)
            return
        left_out = set(NUMBER.findall(shortcode.get("exclude")))
        for one in self._uploads.of(shortcode.get("id") or self._text):
            if one.id not in left_out and _kind_of(one.url) == kind:
                yield one

    def _figure(self, one: Attachment) -> str:
        image = f'<img src="{escape(one.url)}" alt="{escape(one.alt)}">'
        caption = " ".join(filter(None, (one.caption, one.credit)))
        shown = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"\n\n<figure>{image}{shown}</figure>\n\n"

    def _playlist(self, shortcode: Shortcode) -> str:
        kind = shortcode.get("type") or "audio"
        make = _audio_of if kind == "audio" else _video_of
        return "".join(
            f"\n\n<p>{escape(one.title, quote=False)}</p>\n\n{make(one.url)}\n\n"
            for one in self._files(shortcode, kind)
        )

    def _audio(self, shortcode: Shortcode) -> str:
        address = shortcode.get(*AUDIO) or shortcode.first
        found = address or next((o.url for o in self._files(shortcode, "audio")), "")
        return f"\n\n{_audio_of(found)}\n\n" if found else ""

    def _video(self, shortcode: Shortcode) -> str:
        address = shortcode.get(*VIDEO) or shortcode.first
        found = address or next((o.url for o in self._files(shortcode, "video")), "")
        return f"\n\n{_video_of(found, shortcode.get('poster'))}\n\n" if found else ""

    def _note(self, shortcode: Shortcode) -> str:
        self._notes.append(" ".join(shortcode.inner.split()))
        number = len(self._notes)
        return f'<sup><a href="#wpfn-{number}" id="wpfnref-{number}">{number}</a></sup>'


def _gallery_of(figures: Iterable[str]) -> str:
    return f'\n\n<figure class="wp-block-gallery">{"".join(figures)}</figure>\n\n'


def _kind_of(url: str) -> str:
    suffix = url.rpartition(".")[2].lower()
    return next((kind for kind, suffixes in KINDS.items() if suffix in suffixes), "")


def _audio_of(address: str) -> str:
    return f'<audio controls src="{escape(address)}"></audio>'


def _video_of(address: str, poster: str = "") -> str:
    shown = f' poster="{escape(poster)}"' if poster else ""
    return f'<video controls src="{escape(address)}"{shown}></video>'


def _picture(shortcode: Shortcode) -> str:
    """A picture by its address."""
    address = shortcode.get("src", "url", "custom_src")
    alt = escape(shortcode.get("alt"))
    image = f'<img src="{escape(address)}" alt="{alt}">' if address else ""
    return f"\n\n{image or shortcode.inner}\n\n"


def _caption(shortcode: Shortcode) -> str:
    """A picture with its caption, and the credit that another shortcode within gave."""
    inner, caption, credit = shortcode.inner, shortcode.get("caption"), ""
    before, begins, figure = inner.partition("<figure>")
    held, ends, rest = figure.partition("</figure>")
    if begins and ends and not before.strip():
        image, _, under = held.partition("<figcaption>")
        inner, credit = image + rest, under.removesuffix("</figcaption>")
    found = PICTURE.match(inner)
    if not found:
        return inner
    shown = " ".join(filter(None, (caption or found[2].strip(), credit)))
    under = f"<figcaption>{shown}</figcaption>" if shown else ""
    return f"\n\n<figure>{found[1]}{under}</figure>\n\n"


def _credit(shortcode: Shortcode) -> str:
    name = escape(shortcode.get("name"), quote=False)
    return f"<figure>{shortcode.inner.strip()}<figcaption>{name}</figcaption></figure>"


def _player(shortcode: Shortcode) -> str:
    wanted = shortcode.get("url", "id", "src", "video", "clip_id", "tweet") or shortcode.first
    if not wanted:
        return ""
    if not ADDRESS.match(wanted):
        wanted = PLAYERS[shortcode.name].format(wanted)
    return _paragraph(wanted)


def _embed(shortcode: Shortcode) -> str:
    wanted = shortcode.get("url", "src", "href", "link") or shortcode.first
    return _paragraph(wanted) if ADDRESS.match(wanted) else wanted


def _paragraph(address: str) -> str:
    shown = address.replace("&amp;", "&").strip()
    shown = f"https:{shown}" if shown.startswith("//") else shown
    link = escape(shown)
    return f'\n\n<p><a href="{link}">{escape(shown, quote=False)}</a></p>\n\n'


def _button(shortcode: Shortcode) -> str:
    address = shortcode.get("url", "link", "href")
    text = shortcode.inner or escape(shortcode.get("text", "title"), quote=False)
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def _pulled(shortcode: Shortcode) -> str:
    return f'\n\n<blockquote class="pullquote">{_said(shortcode)}</blockquote>\n\n'


def _quoted(shortcode: Shortcode) -> str:
    return f"\n\n<blockquote>{_said(shortcode)}</blockquote>\n\n"


def _said(shortcode: Shortcode) -> str:
    name = escape(shortcode.get("author", "cite", "source"), quote=False)
    cited = f"<footer>{name}</footer>" if name else ""
    return f"<p>{shortcode.inner.strip()}</p>{cited}"


def _plain(shortcode: Shortcode) -> str:
    return shortcode.inner


def _titled(shortcode: Shortcode) -> str:
    title = escape(shortcode.get("title"), quote=False)
    return f"\n\n<p><strong>{title}</strong></p>\n\n{shortcode.inner}" if title else shortcode.inner
