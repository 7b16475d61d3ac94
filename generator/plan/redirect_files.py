"""Redirect files: one list of redirects, as each host and server reads it."""

import re
from collections.abc import Iterable, Iterator

from generator.model.config import Config
from generator.model.hosts import Host
from generator.model.redirects import FOR_GOOD, GONE, MOVED, Redirect, RedirectMap

LIST = "/_redirects"
MAP_FILES = {
    RedirectMap.NGINX: "redirects.nginx.conf",
    RedirectMap.CADDY: "redirects.caddy",
    RedirectMap.APACHE: ".htaccess",
}
"""What the maps for servers are called."""
ENCODED = re.compile(r"(?:%[0-9A-F]{2})+")
CAPITALS = re.compile("[A-Z]")
NGINX_HEAD = """\
# Redirects for nginx. Include this file in the http block, and in the server block write:
#   if ($broadsheet ~ "^301 (.+)") { return 301 $1; }
#   if ($broadsheet ~ "^302 (.+)") { return 302 $1; }
#   if ($broadsheet = "410") { return 410; }
map_hash_bucket_size 2048;
"""


def redirects_file(config: Config, redirects: Iterable[Redirect]) -> str:
    """One line for each redirect: the old URL, the new URL, and the status.

    Some hosts take an address without its last slash for another one, and `%d1` for another than
    `%D1`, though RFC 3986 (6.2.2.1) says that they are equal and WordPress writes the former. A
    redirect page answers at all of them; without such pages, a line of its own does. Netlify alone
    knows queries and 410.
    """
    is_netlify = config.host is Host.NETLIFY
    lines = []
    for redirect in redirects:
        if (redirect.query or redirect.is_gone) and not is_netlify:
            continue
        old = config.base.url(redirect.from_address)
        new = config.base.url("/404.html") if redirect.is_gone else redirect.target_url(config.base)
        spellings = [old]
        if not config.outputs.redirect_pages or not redirect.can_be_page:
            spellings += [ENCODED.sub(lambda found: found[0].lower(), old)]
            ends = old.endswith("/") and old != "/"
            spellings += [spelling.rstrip("/") for spelling in spellings if ends]
        query = "".join(f" {part}" for part in redirect.query.split("&") if part)
        end = f"{query} {new} {redirect.status}\n"
        lines += [f"{spelling}{end}" for spelling in dict.fromkeys(spellings)]
    return "".join(lines)


def redirect_map(form: RedirectMap, config: Config, redirects: Iterable[Redirect]) -> str:
    """All redirects in the form that a server takes."""
    write = {RedirectMap.NGINX: _nginx, RedirectMap.CADDY: _caddy, RedirectMap.APACHE: _apache}
    return "".join(write[form](config, tuple(redirects)))


def _nginx(config: Config, redirects: tuple[Redirect, ...]) -> Iterator[str]:
    """Two maps (ngx_http_map_module): by path, and by path and query.

    `volatile`, so that the page for what is gone is not taken for the address that is. Texts are
    compared there without regard to case, patterns with it.
    """

    def entries(redirect: Redirect) -> Iterator[str]:
        status = MOVED if redirect.status in FOR_GOOD else 302
        to = "410" if redirect.is_gone else f"{status} {redirect.target_url(config.base)}"
        for old in _spellings(config, redirect):
            key = f"{old}?{redirect.query}" if redirect.query else old
            has_case = CAPITALS.search(key) or _is_case_alone(redirect)
            shown = f"~^{_quoted(re.escape(key), keep=True)}$" if has_case else _quoted(key)
            yield f'    "{shown}" "{_quoted(to)}";\n'

    yield NGINX_HEAD
    yield 'map $uri $broadsheet_by_path {\n    volatile;\n    default "";\n'
    yield from (line for one in redirects if not one.query for line in entries(one))
    yield '}\nmap "$uri?$args" $broadsheet {\n    volatile;\n    default $broadsheet_by_path;\n'
    yield from (line for one in redirects if one.query for line in entries(one))
    yield "}\n"


def _is_case_alone(redirect: Redirect) -> bool:
    """Whether an address leads to one that differs from it in case alone."""
    return redirect.from_address.lower() == redirect.to_address.lower()


def _caddy(config: Config, redirects: tuple[Redirect, ...]) -> Iterator[str]:
    """A map by path, and directives for what has a query, to import into a site's block.

    The matcher `path` would take `/Ferry/` for `/ferry/`, and so lead round in a circle.
    """
    yield "# Redirects for Caddy. In the site's block write: import redirects.caddy\n"
    for number, redirect in enumerate(one for one in redirects if one.query):
        paths = " ".join(f'"{_quoted(old)}"' for old in _spellings(config, redirect))
        parts = " ".join(part if "=" in part else f"{part}=" for part in _parts(redirect))
        asked = f"@asked{number}"
        yield f"{asked} {{\n    path {paths}\n    query {parts}\n}}\n"
        to = redirect.target_url(config.base)
        yield (
            f"error {asked} 410\n"
            if redirect.is_gone
            else f"redir {asked} {to} {redirect.status}\n"
        )
    plain = [redirect for redirect in redirects if not redirect.query]
    yield "map {path} {broadsheet_to} {broadsheet_status} {\n"
    for redirect in plain:
        to = "-" if redirect.is_gone else redirect.target_url(config.base)
        for old in _spellings(config, redirect):
            yield f'    "{_quoted(old)}" {to} {redirect.status}\n'
    yield "    default - -\n}\n"
    for status in sorted({redirect.status for redirect in plain}):
        asked = f"@status{status}"
        yield f'{asked} expression {{broadsheet_status}} == "{status}"\n'
        yield (
            f"error {asked} 410\n"
            if status == GONE
            else f"redir {asked} {{broadsheet_to}} {status}\n"
        )


def _apache(config: Config, redirects: tuple[Redirect, ...]) -> Iterator[str]:
    """Directives of mod_alias; of mod_rewrite for what has a query."""
    yield "# Redirects for Apache, which reads them where AllowOverride FileInfo is set.\n"
    for redirect in redirects:
        if redirect.query:
            continue
        old = re.escape(f"{config.base.path}{redirect.from_address}")
        old = f"{old}?" if old.endswith("/") and old != "/" else old
        to = "" if redirect.is_gone else f' "{_quoted(redirect.target_url(config.base))}"'
        yield f'RedirectMatch {redirect.status} "^{_quoted(old, keep=True)}$"{to}\n'
    asked = [redirect for redirect in redirects if redirect.query]
    if asked:
        yield "RewriteEngine On\n"
    for redirect in asked:
        yield f'RewriteCond %{{QUERY_STRING}} "^{_quoted(re.escape(redirect.query), keep=True)}$"\n'
        old = re.escape(redirect.from_address.lstrip("/"))
        old = f"{old}?" if old.endswith("/") else old
        flag = "G" if redirect.is_gone else f"R={redirect.status},L,QSD,NE"
        to = "-" if redirect.is_gone else _quoted(redirect.target_url(config.base))
        yield f'RewriteRule "^{_quoted(old, keep=True)}$" "{to}" [{flag}]\n'


def _spellings(config: Config, redirect: Redirect) -> tuple[str, ...]:
    """An old address as servers see it, decoded: with its last slash, and without."""
    old = f"{config.base.path}{redirect.from_address}"
    return (old, old.rstrip("/")) if old.endswith("/") and old != "/" else (old,)


def _parts(redirect: Redirect) -> Iterator[str]:
    return (part for part in redirect.query.split("&") if part)


def _quoted(text: str, *, keep: bool = False) -> str:
    """A text between double quotes; with `keep` its backslashes mean something."""
    return text.replace('"', '\\"') if keep else text.replace("\\", "\\\\").replace('"', '\\"')
