"""Beginnings: a new site, a new file in one, and what has a build service publish it."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from generator.model.hosts import Host
from generator.model.line_text import as_line, line_text
from generator.model.options import did_you_mean
from generator.model.problems import HinderedError
from generator.read.front_matter import dump_front_matter
from generator.read.pictures import is_picture, look_at
from generator.read.slugs import slugify
from generator.read.theme import theme_folder

STARTER_TITLE = "The New Gazette"
UNSEEN = frozenset({".git", ".DS_Store"})
WORKFLOWS = MappingProxyType(
    {
        Host.GITHUB: {".github/workflows/publish.yml": "github.yml"},
        Host.GITLAB: {".gitlab-ci.yml": "gitlab.yml"},
        Host.NETLIFY: {
            "netlify.toml": "netlify.toml",
            "netlify/functions/rebuild.mjs": "netlify-rebuild.mjs",
            "netlify/kept/index.js": "netlify-kept.js",
            "netlify/kept/manifest.yml": "netlify-kept.yml",
        },
        Host.CLOUDFLARE: {
            ".github/workflows/publish.yml": "cloudflare.yml",
            "wrangler.toml": "cloudflare.toml",
        },
    }
)
"""What each build service reads in a site, and which file of the package that is."""
REQUIREMENTS = "requirements.txt"

# What a file of each kind may say besides, at rest behind "#".
EXAMPLES = {
    "article": (
        "authors: [Robin Hale]",
        "tags: [Ferry, Town hall]",
        "summary: One or two sentences that stand under the headline.",
        "image: {src: picture.jpg, alt: What can be seen in it}",
    ),
    "page": ("summary: One sentence on this page.",),
    "tag": ("aliases: [Another name for it]", "description: One sentence on this subject."),
    "section": ("description: One sentence on this section.", "order: 1"),
    "author": ("role: Reporter", "links: [https://social.example/@name]"),
}


class Kind(StrEnum):
    """What can be begun; each has its folder under `content/`."""

    ARTICLE = "article"
    PAGE = "page"
    TAG = "tag"
    SECTION = "section"
    AUTHOR = "author"


class ScaffoldError(HinderedError):
    """Nothing was begun."""


def init_site(
    folder: Path, *, title: str = STARTER_TITLE, host: Host = Host.ANY
) -> tuple[str, ...]:
    """Write a new site that builds at once; returns the paths in it, sorted.

    With a `host` it has what that builds and publishes it with. Raises ScaffoldError when there is
    something in `folder` already (a fresh repository's `.git` does not count), OSError when the
    machine refuses.
    """
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError(f"{folder} is a file", "Name a folder that is empty or not there yet.")
    if folder.is_dir() and any(entry.name not in UNSEEN for entry in folder.iterdir()):
        raise ScaffoldError(f"{folder} is not empty", "Name a folder that is empty or new.")
    paths = []
    for path, data in _starter_files(files("generator") / "starter"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_begun(data, title, host) if path == "config.yaml" else data)
        paths.append(path)
    if host in WORKFLOWS:
        paths += add_workflow(host, folder, title)
    return tuple(sorted(paths))


def workflow_files(host: Host, title: str) -> dict[str, str]:
    """What has a host's build service publish a site: paths in the site, and the texts there.

    The version of Broadsheet is pinned to this one.
    """
    folder = files("generator") / "workflows"
    given = {"{version}": version("broadsheet"), "{project}": project_name(title)}
    found = {}
    for path, name in {**WORKFLOWS[host], REQUIREMENTS: REQUIREMENTS}.items():
        text = (folder / name).read_text("utf-8")
        for mark, value in given.items():
            text = text.replace(mark, value)
        found[path] = text
    return found


def project_name(title: str) -> str:
    """What a paper of this title is called at a host that takes ASCII letters alone."""
    return slugify(title, "en")[:58].strip("-") or "paper"


def add_workflow(host: Host, site: Path, title: str) -> tuple[str, ...]:
    """Write `workflow_files` into a site; returns their paths, sorted.

    Raises ScaffoldError, and writes nothing, when one of them is there with another text.
    """
    wanted = workflow_files(host, title)
    for path, text in wanted.items():
        if (site / path).exists() and (site / path).read_bytes() != text.encode():
            hint = "Nothing was written. Move it away, or put into it what docs/hosting/ shows."
            raise ScaffoldError(f"{path} is there already", hint)
    for path, text in wanted.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8", newline="\n")
    return tuple(sorted(wanted))


def _starter_files(folder: Traversable, inside: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        # Named without its dot in the package, where it would take effect.
        name = ".gitignore" if entry.name == "gitignore" else entry.name
        if entry.is_dir():
            yield from _starter_files(entry, f"{inside}{name}/")
        else:
            yield inside + name, entry.read_bytes()


def _begun(config: bytes, title: str, host: Host) -> bytes:
    """The starter's configuration with a title and, where one is known, a host."""
    line = _front_matter(title=_one_line(title))
    config = config.replace(f"title: {STARTER_TITLE}\n".encode(), line.encode(), 1)
    if host in WORKFLOWS:
        place = b"base_url: https://example.org/\n"
        config = config.replace(place, place + f"host: {host}\n".encode(), 1)
    if host is Host.CLOUDFLARE:
        target = f"cloudflare:{project_name(title)}"
        config += f"\n# Where broadsheet deploy brings it.\ndeploy: {{live: {target}}}\n".encode()
    return config


def copy_theme_file(name: str, site: Path) -> str:
    """Copy a file of the built-in theme into a site's `layouts/`; returns its path in the site.

    Raises ScaffoldError for a name that the theme does not have, or a file that is there already,
    OSError when the machine refuses.
    """
    theme = theme_folder()
    names = sorted(
        file.relative_to(theme).as_posix() for file in theme.rglob("*") if file.is_file()
    )
    asked = name.removeprefix("./").removeprefix("layouts/").removeprefix("theme/")
    if asked not in names:
        hint = did_you_mean(asked, names)
        raise ScaffoldError(f'the theme has no file "{name}"', hint, is_usage=True)
    target = site / "layouts" / asked
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write((theme / asked).read_bytes())
    except FileExistsError:
        path = f"layouts/{asked}"
        raise ScaffoldError(f"{path} is there already", "It was not touched.") from None
    return f"layouts/{asked}"


def new_entry(
    kind: Kind,
    title: str,
    *,
    site: Path,
    now: datetime,
    zone: tzinfo,
    section: str = "",
    language: str = "en",
    picture: Path | None = None,
) -> str:
    """Begin an article, page, tag, section or author; returns the file's path in the site.

    A `picture` is put beside it, and named with the caption and credit that are in its file.

    `now` is an instant, `zone` the newsroom's time zone. The file is named after the title as
    `language` is written in ASCII. Articles and pages begin as drafts. Raises ScaffoldError for
    a title that names no file or a file that is there already, OSError when the machine refuses.
    """
    title = _one_line(title)
    local = now.astimezone(zone)
    slug = slugify(title, language)
    if not slug or slug in _reserved(kind):
        what = f'a file for "{title}" would have no usable name'
        raise ScaffoldError(what, "Choose a title with a few letters or digits.")
    folder = f"articles/{local.year:04}" if kind is Kind.ARTICLE else f"{kind}s"
    path = f"content/{folder}/{slug}.md"
    taken = _taken(picture, (site / path).parent) if picture else None
    image = _image(*taken) if taken else ""
    _write_new(site / path, path, _entry(kind, title, local, section, image))
    if taken and not (site / path).with_name(taken[0]).exists():
        (site / path).with_name(taken[0]).write_bytes(taken[1])
    return path


def _taken(picture: Path, folder: Path) -> tuple[str, bytes]:
    """A picture's name and bytes, which are to stand in a folder."""
    data = picture.read_bytes()
    there = folder / picture.name
    if not is_picture(picture.name):
        raise ScaffoldError(f"{picture.name} is no picture", "Name a JPEG, PNG, WebP or SVG file.")
    if there.exists() and there.read_bytes() != data:
        hint = "Give the picture another name."
        raise ScaffoldError(f"{picture.name} is there already, and is another one", hint)
    return picture.name, data


def _image(name: str, data: bytes) -> str:
    """The lines that name a picture, with what its file says of it."""
    raster = look_at(name, data, "").raster
    told = {"caption": raster.caption, "credit": raster.credit} if raster else {}
    lines = _front_matter(src=name, **{key: text for key, text in told.items() if text})
    inside = "".join(f"  {line}\n" for line in lines.splitlines())
    return f"image:\n{inside}  # alt: What can be seen in it\n"


def _reserved(kind: Kind) -> frozenset[str]:
    # An article or page named "index" makes its whole folder one; "page" begins older listings.
    return frozenset({"index"} if kind in (Kind.ARTICLE, Kind.PAGE) else {"page"})


def _entry(kind: Kind, title: str, local: datetime, section: str, image: str) -> str:
    """The text of a new file: what is known, then examples at rest."""
    key = "name" if kind is Kind.AUTHOR else "title"
    # Emphasis is a writer's own; a tag would be left out.
    known = {key: as_line(title) if line_text(title).tags else title}
    examples = EXAMPLES[kind]
    if kind is Kind.ARTICLE:
        known["date"] = local.isoformat(sep=" ", timespec="minutes")
        known |= {"section": section} if section else {}
        examples = examples if section else ("section: news", *examples)
    draft = "draft: true  # delete this line to publish\n"
    lines = [_front_matter(**known), image, draft if kind in (Kind.ARTICLE, Kind.PAGE) else ""]
    lines += [f"#{example}\n" for example in examples if not (image and example[:5] == "image")]
    return "---\n" + "".join(lines) + "---\n\n"


def _front_matter(**values: str) -> str:
    """Names and values as lines of YAML, without the lines that fence front matter."""
    return dump_front_matter(values).removeprefix("---\n").removesuffix("---\n")


def _one_line(title: str) -> str:
    return re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", title).strip()


def _write_new(file: Path, path: str, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise ScaffoldError(f"{path} is there already", "Choose another title.") from None
