"""Bodies as Ghost's editors keep them (Mobiledoc, Lexical), for exports that have no HTML."""

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from generator.importers.ghost_cards import image_card, without_cards
from generator.importers.ghost_gates import GATED, is_gated
from generator.importers.html_blocks import OPTIONS
from generator.model.body import Body, BodyFacts
from generator.render.markdown import MarkdownRenderer

FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
"""Lexical's bits of a text's format."""
DEEPEST = 60
MALFORMED = "a body that is malformed"


def html_of_document(lexical: str, mobiledoc: str) -> tuple[str, tuple[str, ...]]:
    """The HTML of a body, and the names of what nobody can show."""
    unknown: list[str] = []
    for text, writer in ((lexical, _lexical), (mobiledoc, _mobiledoc)):
        try:
            found = json.loads(text or "null")
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            try:
                return writer(found, unknown), tuple(dict.fromkeys(unknown))
            except (IndexError, KeyError, TypeError, ValueError, AttributeError):
                return "", (MALFORMED,)
    return "", ()


def _lexical(document: dict[str, Any], unknown: list[str]) -> str:
    root = document.get("root")
    return _nodes(root.get("children", ()) if isinstance(root, dict) else (), unknown, 0)


def _nodes(nodes: Iterable[object], unknown: list[str], depth: int) -> str:
    if depth > DEEPEST:
        return ""
    return "".join(_node(node, unknown, depth) for node in nodes if isinstance(node, dict))


def _node(node: dict[str, Any], unknown: list[str], depth: int) -> str:
    kind = str(node.get("type", "")).removeprefix("extended-")
    if kind == "text":
        return _formatted(str(node.get("text", "")), node.get("format"))
    if kind == "linebreak":
        return "<br>"
    if kind == "list":
        return _list(node, unknown, depth)
    inner = _nodes(node.get("children") or (), unknown, depth + 1)
    tag = {"paragraph": "p", "quote": "blockquote", "aside": "aside", "listitem": "li"}.get(kind)
    if kind == "heading":
        tag = str(node.get("tag", "h2"))
    if tag:
        return f"<{tag}>{inner}</{tag}>"
    if kind in ("link", "autolink", "at-link"):
        return f'<a href="{escape(str(node.get("url", "")))}">{inner}</a>'
    return inner or card_html(kind, node, unknown)


def _list(node: dict[str, Any], unknown: list[str], depth: int) -> str:
    """A list; one within it stands in an item of its own, and belongs to the item before."""
    items: list[str] = []
    for item in node.get("children") or ():
        held = (item.get("children") or ()) if isinstance(item, dict) else ()
        inner = _nodes(held, unknown, depth + 1)
        is_list = bool(held) and all(isinstance(o, dict) and o.get("type") == "list" for o in held)
        if is_list and items:
            items[-1] += inner
        else:
            items.append(inner)
    tag = "ol" if node.get("listType") == "number" else "ul"
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _formatted(text: str, bits: object) -> str:
    html = escape(text, quote=False)
    for bit, tag in FORMATS:
        if isinstance(bits, int) and bits & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


def card_html(kind: str, data: dict[str, Any], unknown: list[str]) -> str:  # noqa: C901 - kinds
    """The HTML of a card of either editor."""
    html = ""
    if is_gated(data):
        unknown.append(GATED)
    elif kind == "image":
        html = image_card(data)
    elif kind == "gallery":
        images = data.get("images") or ()
        html = "".join(image_card(image) for image in images if isinstance(image, dict))
        html += _under(data)
    elif kind == "html":
        html = str(data.get("html") or data.get("value") or "")
    elif kind == "embed":
        html = _embedded(data)
    elif kind in ("call-to-action", "header", "product"):
        html = _boxed(data)
    elif kind in ("markdown", "card-markdown"):
        html = _of_markdown(str(data.get("markdown") or ""))
    elif kind in ("code", "codeblock"):
        mark = f' class="language-{escape(str(data["language"]))}"' if data.get("language") else ""
        html = f"<pre><code{mark}>{escape(str(data.get('code', '')), quote=False)}</code></pre>"
        html += _under(data)
    elif kind in ("hr", "horizontalrule"):
        html = "<hr>"
    elif kind == "callout":
        sign = str(data.get("calloutEmoji") or "")
        html = f'<aside class="aside"><p>{sign} {data.get("calloutText", "")}</p></aside>'
    elif kind == "toggle":
        html = f"<h4>{data.get('heading', '')}</h4>{data.get('content', '')}"
    else:
        html = _linked_card(kind, data, unknown)
    return html


def _embedded(data: dict[str, Any]) -> str:
    """What another site gave to be shown, or the address of it."""
    address = escape(str(data.get("url") or ""))
    link = f'<p><a href="{address}">{address}</a></p>'
    given = str(data.get("html") or "")
    shown = without_cards(f'<div class="kg-embed-card">{given}</div>') if given else link
    return shown + _under(data)


def _under(data: dict[str, Any]) -> str:
    """What stands below a card."""
    return f"<p>{data['caption']}</p>" if data.get("caption") else ""


def _boxed(data: dict[str, Any]) -> str:
    """A card of headings, words, a picture and a button."""
    picture = str(data.get("productImageSrc") or data.get("imageUrl") or "")
    heading = str(data.get("header") or data.get("heading") or data.get("productTitle") or "")
    words = str(data.get("textValue") or data.get("productDescription") or "")
    below = str(data.get("subheader") or data.get("subheading") or "")
    label = str(data.get("buttonText") or data.get("productButton") or "")
    address = str(data.get("buttonUrl") or data.get("productUrl") or "")
    parts = (
        image_card({"src": picture}) if picture else "",
        f"<h2>{heading}</h2>" if heading else "",
        f"<p>{below}</p>" if below else "",
        words if words.startswith("<") or not words else f"<p>{words}</p>",
        f'<p><a href="{escape(address)}">{escape(label)}</a></p>' if label and address else "",
    )
    return "".join(parts)


def _linked_card(kind: str, data: dict[str, Any], unknown: list[str]) -> str:
    """A card that leads to a file or another page."""
    address = escape(str(data.get("url") or data.get("buttonUrl") or data.get("src") or ""))
    about = data.get("metadata") if isinstance(data.get("metadata"), dict) else {}
    title = data.get("title") or data.get("buttonText") or data.get("fileTitle")
    title = str(title or (about or {}).get("title") or address)
    caption = str(data.get("caption") or "")
    if kind == "audio":
        return f'<p>{escape(title)}</p><audio controls src="{address}"></audio>'
    if kind == "video":
        under = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure><video controls src="{address}"></video>{under}</figure>'
    if kind in ("bookmark", "button", "file"):
        told = [(about or {}).get(name) for name in ("description", "author", "publisher")]
        said = (str(one) for one in (*told, data.get("fileCaption")) if one)
        more = "".join(f"<br>{escape(one, quote=False)}" for one in said)
        link = f'<p><a href="{address}">{escape(title, quote=False)}</a>{more}</p>'
        return link + (_under(data) if kind == "bookmark" else "")
    if kind not in ("paywall", "email", "email-cta", "signup", ""):
        unknown.append(f"card {kind}")
    return ""


def _of_markdown(text: str) -> str:
    return MarkdownRenderer(OPTIONS).render(Body("", "", BodyFacts()), text).html


def _mobiledoc(document: dict[str, Any], unknown: list[str]) -> str:
    return "".join(_section(section, document, unknown) for section in document.get("sections", ()))


def _section(section: object, document: dict[str, Any], unknown: list[str]) -> str:
    """A section: [1, tag, markers], [2, source], [3, tag, items] or [10, card]."""
    html = ""
    match section:
        case [1, str(tag), list(markers), *_]:
            name = tag if tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote") else "p"
            name = "aside" if tag == "aside" else name
            html = f"<{name}>{_markers(markers, document)}</{name}>"
        case [2, str(source), *_]:
            html = image_card({"src": source})
        case [3, str(tag), list(items), *_]:
            held = "".join(f"<li>{_markers(item, document)}</li>" for item in items)
            html = f"<{'ol' if tag == 'ol' else 'ul'}>{held}</{'ol' if tag == 'ol' else 'ul'}>"
        case [10, int(number), *_] if 0 <= number < len(document.get("cards", ())):
            name, data = document["cards"][number][:2]
            html = card_html(str(name), data if isinstance(data, dict) else {}, unknown)
    return html


def _markers(markers: list[Any], document: dict[str, Any]) -> str:
    """Text with what opens and closes in it: [type, opened, closed, value]."""
    parts: list[str] = []
    open_now: list[str] = []
    for kind, opened, closed, value, *_ in (m for m in markers if len(m) > 3):  # noqa: PLR2004
        for number in opened:
            tag, *attributes = document.get("markups", ())[number]
            pairs = attributes[0] if attributes else []
            written = "".join(
                f' {pairs[at]}="{escape(str(pairs[at + 1]))}"' for at in range(0, len(pairs) - 1, 2)
            )
            parts.append(f"<{tag}{written}>")
            open_now.append(str(tag))
        if kind == 0:
            parts.append(escape(str(value), quote=False))
        elif kind == 1:
            atom = document.get("atoms", ())[value]
            parts.append("<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False))
        parts += [f"</{open_now.pop()}>" for _ in range(min(closed, len(open_now)))]
    return "".join(parts)
