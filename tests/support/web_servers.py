"""Real web servers on loopback, with the configuration that our documentation shows."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

import pytest

from tests.support.servers import free_port
from tests.support.sites import CHECKOUT

SERVED = "/srv/paper/current"
"""Where the documentation has the published folder."""
LONGEST_START = 30.0
APACHE_MODULES = Path("/usr/lib/apache2/modules")
MODULES = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "rewrite")


@dataclass(frozen=True)
class Answer:
    """What a server said; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def leads_to(self) -> tuple[int, str]:
        """Status and target of a redirect."""
        return self.status, self.headers.get("location", "")


@dataclass(frozen=True)
class WebServer:
    """A server that runs, by its program's name."""

    name: str
    port: int

    def get(self, path: str) -> Answer:
        """Ask for a path exactly as it is written."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            connection.request("GET", path, headers={"Host": "paper.news"})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            host = f"http://(127.0.0.1|paper.news)(:{self.port})?(?=/)"
            headers |= {"location": re.sub(host, "", headers.get("location", ""))}
            return Answer(answer.status, headers, answer.read())


def shown(page: str, path: str) -> str:
    """What a page of the documentation shows for a file, without the line that names it."""
    text = (CHECKOUT / "docs/hosting" / page).read_text("utf-8")
    for block in re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        first, _, rest = str(block).partition("\n")
        if first == f"# {path}":
            return rest
    raise AssertionError(f"{page} does not show {path}")


def _placed(text: str, root: str, public: Path, below: str) -> str:
    """The configuration for a folder that lies elsewhere, and as the page says for a path."""
    if below:
        top = public.parent / "top"
        top.mkdir()
        (top / below.strip("/")).symlink_to(public)
        text = text.replace(root, root.replace(SERVED, str(top)))
        text = text.replace("/404.html", f"{below}/404.html")
    return text.replace(SERVED, str(public))


def _nginx(folder: Path, public: Path, port: int, below: str) -> list[str]:
    text = shown("nginx.md", "/etc/nginx/conf.d/paper.conf")
    text = _placed(text, f"root {SERVED}", public, below)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors;\n"
        f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{paths}{text}}}\n"
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _caddy(folder: Path, public: Path, port: int, below: str) -> list[str]:
    text = _placed(shown("caddy.md", "/etc/caddy/Caddyfile"), f"root * {SERVED}", public, below)
    text = text.replace("paper.news {", f"http://:{port} {{\n\tbind 127.0.0.1", 1)
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def _apache(folder: Path, public: Path, port: int, _below: str) -> list[str]:
    text = shown("apache.md", "/etc/apache2/sites-available/paper.conf")
    text = text.replace(SERVED, str(public)).replace("/srv/paper", str(public.parent))
    text = text.replace("*:80", f"127.0.0.1:{port}")
    loaded = "".join(
        f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n" for name in MODULES
    )
    (folder / "apache.conf").write_text(
        f"{loaded}ServerRoot {folder}\nServerName paper.news\nPidFile {folder}/pid\n"
        f"ErrorLog {folder}/errors\nListen 127.0.0.1:{port}\nTypesConfig /etc/mime.types\n"
        f"User daemon\nGroup daemon\nDefaultRuntimeDir {folder}\n"
        # As Debian's own configuration has it.
        f'<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>\n{text}'
    )
    return ["apache2", "-X", "-f", str(folder / "apache.conf")]


SERVERS: Mapping[str, Callable[[Path, Path, int, str], list[str]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache2": _apache,
}


@contextmanager
def web_server(name: str, folder: Path, public: Path, below: str = "") -> Iterator[WebServer]:
    """A server of a published folder, which its account may read, until the end of the block.

    `below` is the path of a site that does not have the host for itself, such as `/news`.
    """
    if not shutil.which(name):
        if os.environ.get("CI") and name != "apache2":
            pytest.fail(f"no {name} on this machine: install it")
        pytest.skip(f"no {name} on this machine")
    port = free_port()
    words = SERVERS[name](folder, public, port, below)
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log, env={**os.environ, **home})
    try:
        _wait(port, server, folder)
        yield WebServer(name, port)
    finally:
        server.terminate()
        server.wait(timeout=LONGEST_START)


def _wait(port: int, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and server.poll() is None:
        with closing(socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    said = [(folder / name).read_text() for name in ("log", "errors") if (folder / name).exists()]
    pytest.fail("the server does not start\n" + "\n".join(said))
