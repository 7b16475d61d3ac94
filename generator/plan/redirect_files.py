"""Redirect files: one list of redirects, as each host and server reads it."""

import re
from collections.abc import Iterable, Iterator

from generator.model.config import Config
from generator.model.hosts import Host
from generator.model.redirects import FOR_GOOD, Redirect, RedirectMap

LIST = "/_redirects"
MAP_FILES = {
    RedirectMap.NGINX: "redirects.nginx.conf",
    RedirectMap.CADDY: "redirects.caddy",
    RedirectMap.APACHE: ".htaccess",
}
"""What the maps for servers are called."""
ENCODED = re.compile(r"(?:%[0-9A-F]{2})+")
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
    """Two maps (ngx_http_map_module): by path, and by path and query."""

    def entry(redirect: Redirect) -> str:
        old = f"{config.base.path}{redirect.from_address}"
        key = f"{old}?{redirect.query}" if redirect.query else old
        status = 301 if redirect.status in FOR_GOOD else 302
        to = "410" if redirect.is_gone else f"{status} {redirect.target_url(config.base)}"
        return f'    "{_quoted(key)}" "{_quoted(to)}";\n'

    yield NGINX_HEAD
    yield 'map $uri $broadsheet_by_path {\n    default "";\n'
    yield from (entry(redirect) for redirect in redirects if not redirect.query)
    yield '}\nmap "$uri?$args" $broadsheet {\n    default $broadsheet_by_path;\n'
    yield from (entry(redirect) for redirect in redirects if redirect.query)
    yield "}\n"


def _caddy(config: Config, redirects: tuple[Redirect, ...]) -> Iterator[str]:
    """Directives (`redir`, `respond`) to import into a site's block."""
    yield "# Redirects for Caddy. In the site's block write: import redirects.caddy\n"
    for number, redirect in enumerate(redirects):
        old = config.base.url(redirect.from_address)
        matcher = old
        if redirect.query:
            matcher = f"@asked{number}"
            parts = " ".join(part if "=" in part else f"{part}=" for part in _parts(redirect))
            yield f"{matcher} {{\n    path {old}\n    query {parts}\n}}\n"
        if redirect.is_gone:
            yield f"respond {matcher} 410\n"
        else:
            yield f"redir {matcher} {redirect.target_url(config.base)} {redirect.status}\n"


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
        flag = "G" if redirect.is_gone else f"R={redirect.status},L,QSD,NE"
        to = "-" if redirect.is_gone else _quoted(redirect.target_url(config.base))
        yield f'RewriteRule "^{_quoted(old, keep=True)}$" "{to}" [{flag}]\n'


def _parts(redirect: Redirect) -> Iterator[str]:
    return (part for part in redirect.query.split("&") if part)


def _quoted(text: str, *, keep: bool = False) -> str:
    """A text between double quotes; with `keep` its backslashes mean something."""
    return text.replace('"', '\\"') if keep else text.replace("\\", "\\\\").replace('"', '\\"')
