"""Structured data: what a page is, in schema.org's words, as JSON-LD."""

import json
import re
from collections.abc import Sequence
from types import MappingProxyType

from generator.model.cards import Link
from generator.model.outputs import Frame
from generator.model.pages import ArticlePage, AuthorPage, FrontPage, HtmlPage, SectionPage, TagPage
from generator.model.pictures import Picture
from generator.model.recordings import Medium, Recording, iso_duration
from generator.model.values import replace
from generator.render.absolute import absolute_url
from generator.render.timestamps import day_or_instant, rfc3339
from generator.render.words import count_words

Thing = dict[str, object]

CONTEXT = "https://schema.org"
# What search engines know comes first; after it the exact kind of work (the Trust Project's idea).
# Satire and advertising are no news: schema.org derives them from Article alone.
ARTICLE_TYPES = MappingProxyType(
    {
        "news": ["NewsArticle"],
        "opinion": ["NewsArticle", "OpinionNewsArticle"],
        "analysis": ["NewsArticle", "AnalysisNewsArticle"],
        "review": ["NewsArticle", "ReviewNewsArticle"],
        "background": ["NewsArticle", "BackgroundNewsArticle"],
        "satire": ["Article", "SatiricalArticle"],
        "live": ["NewsArticle", "LiveBlogPosting"],
        "sponsored": ["Article", "AdvertiserContentArticle"],
    }
)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# `<`, `>` and `&` could end the script element or begin a comment in it; the line separators are
# line ends to old script engines; a lone surrogate has no bytes in UTF-8.
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def structured_data(page: HtmlPage, frame: Frame) -> str:
    """The JSON text for a page's `<script type="application/ld+json">`, or "" for none.

    It is safe in a script element as it is: a layout writes it out unescaped. Facts
    that are not known are left out. Dates are those that readers see.
    """
    things = _things(page, frame)
    trail = _breadcrumbs(page.head.trail, frame)
    if trail:
        things.append(trail)
    if not things:
        return ""
    graph = things[0] if len(things) == 1 else {"@graph": things}
    return UNSAFE.sub(_escaped, ENCODER.encode({"@context": CONTEXT, **graph}))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _things(page: HtmlPage, frame: Frame) -> list[Thing]:
    match page:
        case ArticlePage():
            return [_article(page, frame)]
        case FrontPage() if not page.pager.number:
            return [_publisher(frame), _website(page, frame)]
        case AuthorPage():
            return [_profile(page, frame)]
        case SectionPage() | TagPage():
            return [_collection(page, frame)]
        case _:
            return []


def _known(thing: Thing) -> Thing:
    """The thing without what is not known; `False` is knowledge."""
    return {name: value for name, value in thing.items() if value or value is False}


def _article(page: ArticlePage, frame: Frame) -> Thing:
    """The fields that Google documents for an Article, and schema.org's for news."""
    types = ARTICLE_TYPES[page.type]
    url = frame.origin + page.url
    published = day_or_instant(page.date, day_only=page.day_only)
    day_only = page.updated_day_only or (page.day_only and page.modified == page.date)
    modified = day_or_instant(page.modified, day_only=day_only)
    publisher = _publisher(frame)
    return _known(
        {
            "@type": types[0] if len(types) == 1 else types,
            "headline": page.title,
            "description": page.head.description or page.summary,
            "url": url,
            "mainEntityOfPage": url,
            "image": _images(page.picture, frame) if page.picture else None,
            "audio": _recording(page.audio, page, frame) if page.audio else None,
            "video": _recording(page.video, page, frame) if page.video else None,
            "datePublished": published,
            "dateModified": modified,
            "expires": rfc3339(page.expires) if page.expires else None,
            "coverageStartTime": published if page.type == "live" else None,
            "author": _authors(page, frame) or [_named_publisher(publisher)],
            "publisher": publisher,
            "articleSection": page.section.title,
            "keywords": [tag.title for tag in page.tags],
            "dateline": page.dateline if _is_news(types) else "",
            "contentLocation": page.location and {"@type": "Place", "name": page.location},
            "inLanguage": page.language,
            "isAccessibleForFree": True,
            "wordCount": count_words(page.body),
        }
    )


def _is_news(types: Sequence[str]) -> bool:
    """Whether schema.org counts a type as news: only that has a dateline."""
    return any(name.endswith("NewsArticle") for name in types)


def _authors(page: ArticlePage, frame: Frame) -> list[Thing]:
    """One person or organisation each, the bare name apart from the role.

    A free byline ("By Mara Quill and agencies in Oslo") is nobody's name: the publisher stands for
    it (Google, "Author markup best practices").
    """
    return [
        _known(
            {
                "@type": "Organization" if author.is_organization else "Person",
                "name": author.name,
                "url": author.url and frame.origin + author.url,
                "jobTitle": "" if author.is_organization else author.role,
            }
        )
        for author in page.authors
    ]


def _publisher(frame: Frame) -> Thing:
    """The organisation behind the site, with the policies that readers may hold it to."""
    organization = frame.organization
    publisher: Thing = {
        "@type": "NewsMediaOrganization",
        "name": organization.name or frame.title,
        "url": frame.origin + frame.home_url,
        "logo": _image(organization.logo, frame) if organization.logo else None,
        "foundingDate": organization.founded,
        "email": organization.email,
        "sameAs": list(organization.same_as),
    }
    for policy in organization.policies:
        publisher[policy.title] = policy.url and absolute_url(policy.url, frame.origin)
    return _known(publisher)


def _named_publisher(publisher: Thing) -> Thing:
    return {name: publisher[name] for name in ("@type", "name", "url")}


def _website(page: FrontPage, frame: Frame) -> Thing:
    return _known(
        {
            "@type": "WebSite",
            "name": frame.title,
            "url": frame.origin + page.url,
            "description": frame.description,
            "inLanguage": page.language,
            "publisher": _named_publisher(_publisher(frame)),
        }
    )


def _profile(page: AuthorPage, frame: Frame) -> Thing:
    url = frame.origin + page.url
    whose: Thing = {
        "name": page.title,
        "url": url,
        "description": page.description,
        "image": _image(page.portrait, frame) if page.portrait else None,
        "sameAs": list(page.links),
    }
    if page.is_organization:
        whose = {"@type": "Organization", **whose}
    else:
        work = {"jobTitle": page.role, "worksFor": _named_publisher(_publisher(frame))}
        whose = {"@type": "Person", **whose, **work}
    return {
        "@type": "ProfilePage",
        "url": url,
        "inLanguage": page.language,
        "mainEntity": _known(whose),
    }


def _collection(page: SectionPage | TagPage, frame: Frame) -> Thing:
    return _known(
        {
            "@type": "CollectionPage",
            "name": page.title,
            "url": frame.origin + page.url,
            "description": page.description,
            "inLanguage": page.language,
        }
    )


def _images(picture: Picture, frame: Frame) -> list[Thing]:
    """A picture in every shape that it was cut to, or else as it is (Google, "Article")."""
    cut = [
        replace(picture, url=crop.url, width=crop.width, height=crop.height)
        for crop in picture.crops
    ]
    return [_image(one, frame) for one in cut or [picture]]


def _image(picture: Picture, frame: Frame) -> Thing:
    return _known(
        {
            "@type": "ImageObject",
            "url": absolute_url(picture.url, frame.origin),
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption,
            "creditText": picture.credit,
        }
    )


def _recording(recording: Recording, page: ArticlePage, frame: Frame) -> Thing:
    """A sound or film (Google, "VideoObject": a film has a name, a picture and a date)."""
    poster = recording.poster
    return _known(
        {
            "@type": "AudioObject" if recording.medium == Medium.AUDIO else "VideoObject",
            "name": recording.title or page.title,
            "description": page.head.description or page.summary,
            "contentUrl": absolute_url(recording.url, frame.origin),
            "encodingFormat": recording.media_type,
            "contentSize": str(recording.size) if recording.size else "",
            "duration": iso_duration(recording.seconds) if recording.seconds else "",
            "uploadDate": rfc3339(page.date),
            "thumbnailUrl": absolute_url(poster.url, frame.origin) if poster else "",
            "width": recording.width,
            "height": recording.height,
        }
    )


def _breadcrumbs(trail: tuple[Link, ...], frame: Frame) -> Thing | None:
    """The way from the front to the page; the last item is the page itself and needs no URL."""
    steps = [link for link in trail[:-1] if link.url]
    if not steps:
        return None
    items: list[Thing] = [
        {
            "@type": "ListItem",
            "position": position,
            "name": link.title,
            "item": frame.origin + link.url,
        }
        for position, link in enumerate(steps, 1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": trail[-1].title})
    return {"@type": "BreadcrumbList", "itemListElement": items}
