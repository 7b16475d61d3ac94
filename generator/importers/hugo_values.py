"""What the layouts of a Hugo site's shortcodes may ask: the page, its files, the site, partials."""

import fnmatch
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.importers.foreign import is_true, read_data, text_of
from generator.importers.go_functions import Function, Html, Known, UnsupportedError
from generator.importers.go_templates import Node, Template, parse
from generator.importers.hugo_config import HugoConfig
from generator.importers.hugo_content import HugoText, date_of
from generator.importers.shown import without_paragraph
from generator.importers.unknown_tags import PICTURE
from generator.model.values import frozen

SHORTCODES = ("layouts/shortcodes", "layouts/_shortcodes")
PARTIALS = ("layouts/partials", "layouts/_partials")
THEMES, VENDORED, ASSETS = "themes", "_vendor", "assets"
DATA = (".yml", ".yaml", ".toml", ".json")
LARGEST = 200_000
DEEPEST = 12

Finder = Callable[[str], str]


@frozen
class Around:
    """What a shortcode may ask of the site: a page's address, a file's, a text as HTML.

    `files` are those of the page's bundle, as they are called there; `page_of` finds another page
    and its address.
    """

    page: HugoText
    address: str
    refer: Finder
    find: Finder
    render: Finder
    files: tuple[str, ...] = ()
    page_of: Callable[[str], tuple[HugoText, str] | None] = lambda _: None


class Layouts:
    """The project's layouts of one kind by name; those of its themes count where it has none."""

    def __init__(self, project: Path, folders: Sequence[str]) -> None:
        self._files = dict(_layouts(project, folders))
        self._parsed: dict[str, tuple[Node, ...] | None] = {}

    def __contains__(self, name: str) -> bool:
        """Whether there is one of a name."""
        return name in self._files

    def source(self, name: str) -> str:
        """A layout's text; "" where there is none."""
        with suppress(KeyError, OSError):
            return self._files[name].read_text("utf-8", errors="replace")[:LARGEST]
        return ""

    def nodes(self, name: str) -> tuple[Node, ...]:
        """A layout, read. Raises UnsupportedError where it is not understood, or not there."""
        if name not in self._parsed:
            self._parsed[name] = None
            if name in self._files:
                with suppress(UnsupportedError, RecursionError):
                    self._parsed[name] = parse(self.source(name))
        nodes = self._parsed[name]
        if nodes is None:
            raise UnsupportedError(name)
        return nodes


def _layouts(project: Path, folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    vendored = sorted(folder.parent for folder in (project / VENDORED).glob("*/*/*/layouts"))
    for place in (*vendored, *sorted((project / THEMES).glob("*")), project):
        for folder in folders:
            for file in sorted((place / folder).rglob("*")):
                if file.is_file():
                    yield file.relative_to(place / folder).as_posix().removesuffix(".html"), file


class Values:
    """Makes what one site's layouts see. `assets` are the files of `assets/` that they showed."""

    def __init__(self, project: Path, config: HugoConfig) -> None:
        self._project, self._config = project, config
        self._partials = Layouts(project, PARTIALS)
        self._data: dict[str, Any] | None = None
        self._words: dict[str, Mapping[str, Any]] = {}
        self.assets: dict[str, Path] = {}
        self._depth = 0

    def page(self, around: Around) -> Known:
        """The page in which a shortcode stands."""
        page = around.page
        return Known(
            {
                **self._about(page, around.address),
                "Resources": _resources(around.files),
                "RenderString": lambda *texts: Html(around.render(str(texts[-1]))),
                "GetPage": lambda target, *_: self._page_of(target, around),
                "Ref": lambda told, *_: around.refer(_path_in(told)),
                "RelRef": lambda told, *_: around.refer(_path_in(told)),
                "Scratch": _scratch(),
                "Store": _scratch(),
            },
            Site=self.site(around),
        )

    def _about(self, page: HugoText, address: str) -> dict[str, object]:
        params = page.values.get("params")
        own = params if isinstance(params, Mapping) else {}
        date = date_of(page, "date", self._config)
        return {
            "Title": page.text("title"),
            "LinkTitle": page.text("linktitle") or page.text("title"),
            "Params": {**page.values, **own},
            "Permalink": address,
            "RelPermalink": address,
            "Description": page.text("description"),
            "Summary": page.text("summary"),
            "Section": page.section,
            "Type": page.text("type") or page.section,
            "Kind": "page",
            "Lang": page.language.code,
            "Language": Known(Lang=page.language.code),
            "Date": date.instant if date else None,
            "IsPage": True,
            "Draft": is_true(page.values.get("draft")),
        }

    def _page_of(self, target: object, around: Around) -> Known | None:
        found = around.page_of(_path_in(target))
        return Known(self._about(*found)) if found else None

    def site(self, around: Around) -> Known:
        """The site."""
        config = self._config
        code = around.page.language.code
        return Known(
            Title=config.title,
            BaseURL=config.base_url,
            Params=config.params,
            Data=self.data(),
            LanguageCode=config.locale or config.language,
            Language=Known(Lang=code, LanguageCode=code),
            GetPage=lambda target, *_: self._page_of(target, around),
        )

    def functions(self, around: Around) -> Mapping[str, Function]:
        """The functions that know the site."""

        def markdownify(text: object) -> Html:
            return Html(without_paragraph(around.render(str(text))))

        def address(text: object) -> str:
            found = str(text)
            return found if re.match(r"(?:[a-z]+:)?//|/|#", found) else f"/{found}"

        def refer(*given: object) -> str:
            return around.refer(_path_in(given[-1]))

        def partial(name: object, dot: object = None, *_: object) -> object:
            return self._partial(str(name), dot, functions)

        functions: dict[str, Function] = {
            **dict.fromkeys(("markdownify", "transform.Markdownify"), markdownify),
            **dict.fromkeys(("relURL", "absURL", "relLangURL", "absLangURL"), address),
            **dict.fromkeys(("urls.RelURL", "urls.AbsURL"), address),
            **dict.fromkeys(("ref", "relref"), refer),
            **dict.fromkeys(("partial", "partialCached"), partial),
            **dict.fromkeys(("partials.Include", "partials.IncludeCached"), partial),
            **dict.fromkeys(
                ("i18n", "T", "lang.Translate"), lambda key, *_: self._word(str(key), around)
            ),
            **dict.fromkeys(("resources.Get", "resources.GetMatch"), self._asset),
            **dict.fromkeys(("fileExists", "os.FileExists"), self._is_file),
            **dict.fromkeys(("readFile", "os.ReadFile"), lambda name: self._file(name, around)),
            **dict.fromkeys(("newScratch", "collections.NewScratch"), _scratch),
            "site": lambda: self.site(around),
            "page": lambda: self.page(around),
            "hugo": lambda: Known(Data=self.data(), Environment="production", IsProduction=True),
        }
        return functions

    def _partial(self, name: str, dot: object, functions: Mapping[str, Function]) -> object:
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                raise UnsupportedError("partials without an end")
            nodes = self._partials.nodes(name.removesuffix(".html"))
            return Template(nodes, functions).value(dot)
        finally:
            self._depth -= 1

    def _word(self, key: str, around: Around) -> str:
        """A word of the site's own in the page's language."""
        code = around.page.language.code
        if code not in self._words:
            files = (self._project / "i18n" / f"{code}{suffix}" for suffix in DATA)
            file = next((file for file in files if file.is_file()), None)
            found = read_data(file.read_bytes(), file.suffix)[0] if file else None
            if isinstance(found, list):
                pairs = (one for one in found if isinstance(one, Mapping))
                found = {text_of(one.get("id")): one.get("translation") for one in pairs}
            self._words[code] = found if isinstance(found, Mapping) else {}
        word = self._words[code].get(key)
        return text_of(word.get("other") if isinstance(word, Mapping) else word)

    def _asset(self, name: object) -> Known | None:
        """A file of `assets/`, which is published where a layout shows it."""
        path = posixpath.normpath(str(name).strip("/"))
        file = self._project / ASSETS / path
        if path.startswith("..") or not os.path.isfile(file):  # noqa: PTH113 - a text
            return None
        self.assets[path] = file
        return _resource(f"/{path}", path)

    def _is_file(self, name: object) -> bool:
        path = posixpath.normpath(str(name).strip("/"))
        return not path.startswith("..") and (self._project / path).is_file()

    def _file(self, name: object, around: Around) -> str:
        """What a file says, from the project's folder or that of its content."""
        top = self._project.resolve()
        for folder in ("", around.page.language.folder):
            file = (top / folder / str(name).strip("/")).resolve()
            if file.is_relative_to(top) and file.is_file() and file.stat().st_size <= LARGEST:
                return file.read_text("utf-8", errors="replace")
        raise UnsupportedError(str(name))

    def data(self) -> dict[str, Any]:
        """Every data file, by its place."""
        if self._data is None:
            self._data = {}
            folder = self._project / "data"
            for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
                is_read = file.suffix in DATA and file.is_file() and not file.is_symlink()
                if is_read and file.stat().st_size <= LARGEST * 10:
                    _put(self._data, file, folder)
        return self._data


def _put(data: dict[str, Any], file: Path, top: Path) -> None:
    here = data
    for folder in file.relative_to(top).parts[:-1]:
        inner = here.setdefault(folder, {})
        here = inner if isinstance(inner, dict) else {}
    here[file.stem] = read_data(file.read_bytes(), file.suffix)[0]


def _path_in(told: object) -> str:
    return str(told.get("path", "") if isinstance(told, Mapping) else told)


def _resource(address: str, name: str) -> Known:
    """A file as layouts have it; whatever size they ask for, it is the picture itself."""
    made = Known(
        Name=name,
        Title=name,
        RelPermalink=address,
        Permalink=address,
        Params={},
        Width=None,
        Height=None,
        ResourceType="image" if PICTURE.search(name) else "text",
    )
    same = ("Resize", "Fit", "Fill", "Crop", "Process", "Filter")
    made.update(dict.fromkeys(same, lambda *_: made))
    return made


def _resources(files: Sequence[str]) -> Known:
    """The files of a bundle, found by what they are called."""

    def match(pattern: object, *_: object) -> list[Known]:
        wanted = str(pattern).lower()
        fit = (name for name in files if fnmatch.fnmatchcase(name.lower(), wanted))
        return [_resource(name, name) for name in fit]

    def first(pattern: object, *_: object) -> Known | None:
        return next(iter(match(pattern)), None)

    def by_type(kind: object) -> list[Known]:
        return [one for one in match("*") if one["ResourceType"] == kind]

    return Known(Get=first, GetMatch=first, Match=match, ByType=by_type)


def _scratch() -> Known:
    """A place in which a layout puts values for later."""
    kept: dict[str, Any] = {}

    def put(key: str, value: object) -> str:
        kept[key] = value
        return ""

    def add(key: str, value: Any) -> str:  # noqa: ANN401 - whatever there is
        kept[key] = kept[key] + value if key in kept else value
        return ""

    return Known(Set=put, Add=add, Get=kept.get, Delete=lambda key: kept.pop(key, None) and "")
