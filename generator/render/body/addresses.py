"""Addresses in links and pictures: which may stand in a page at all."""

import re

from generator.markdown.destinations import as_browsers_read

ALLOWED_SCHEMES = frozenset(
    {
        *("http", "https", "ftp", "ftps", "sftp"),
        *("mailto", "tel", "sms", "smsto", "mms", "sip", "im", "irc", "ircs", "xmpp", "matrix"),
        *("geo", "news", "nntp", "webcal", "magnet", "bitcoin", "openpgp4fpr", "ssh", "urn"),
        *("feed", "facetime", "sgnl", "skype", "tg", "viber", "whatsapp"),
    }
)
"""The web, the schemes that HTML calls safelisted, and the usual messengers.

No scheme among them runs a script. The safelist is in the HTML Living Standard, 8.9.1.1
("Custom scheme handlers").
"""

WEB = ("https://", "http://")
"""How nearly all addresses on other sites begin."""
OUTSIDE = ("//", *WEB)

SCRIPTS = frozenset({"javascript", "vbscript", "livescript", "data"})

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")


def scheme_of(address: str) -> str:
    """The scheme that a browser would see, in lower case; "" for an address on this site.

    Character references must have been decoded.
    """
    match = SCHEME.match(as_browsers_read(address))
    return match.group().lower() if match else ""


def refused_scheme(address: str) -> str:
    """The scheme for which an address may not stand in a page; "" for one that may."""
    if ":" not in address or address.startswith(WEB):
        return ""
    scheme = scheme_of(address)
    if scheme:
        return "" if scheme in ALLOWED_SCHEMES else scheme
    hidden = scheme_of(address.replace(" ", ""))  # a tab in the text has become spaces by now
    return hidden if hidden in SCRIPTS else ""


def is_outside(address: str) -> bool:
    """Whether an address leads to another site: it has a scheme, or begins with `//`."""
    return address.startswith(OUTSIDE) or bool(scheme_of(address))
