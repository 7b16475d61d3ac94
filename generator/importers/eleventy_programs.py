"""Texts of an Eleventy project that are programs, such as `about.11ty.js`: their data and HTML.

Such a file says its data in a literal, and has a function that returns the page. Both are read;
the function is worked out as far as `javascript_functions` goes.
"""

import re
from typing import Any

from generator.importers.eleventy_config import exported_function
from generator.importers.foreign import Foreign
from generator.importers.javascript_data import (
    FilledText,
    NotDataError,
    exported,
    filled_text,
    value_at,
)

PROGRAMS = (".11ty.js", ".11ty.cjs", ".11ty.mjs")
DATA = re.compile(
    r"\bexports\.data\s*+=\s*+|\bexport\s++(?:const|let|var)\s++data\s*+=\s*+|\bstatic\s++data\s*+=\s*+"
    r"|\bdata\s*+\(\s*+\)\s*+\{\s*+return\s*+(?=\{)"
)
"""Its last form is a class's method."""
RENDER = re.compile(
    r"\bexports\.render\s*+=\s*+|\bexport\s++(?=(?:async\s++)?function\s++render\b)"
    r"|\bexport\s++(?:const|let|var)\s++render\s*+=\s*+|^[ \t]*+(?:async\s++)?render\s*+(?=\()",
    re.MULTILINE,
)
RENDER_NAME = "render"


def read_program(data: bytes) -> tuple[Foreign, FilledText | None]:
    """A program's data, with its whole text as body, and the function that makes its page."""
    source = data.decode("utf-8", "replace").replace("\r\n", "\n")
    told = exported(source)
    if isinstance(told, dict) and isinstance(told.get(RENDER_NAME), FilledText):
        own = told.get("data")
        return Foreign(own if isinstance(own, dict) else {}, source), told[RENDER_NAME]
    return Foreign(_data_in(source), source), _render_in(source)


def _data_in(source: str) -> dict[str, Any]:
    for found in DATA.finditer(source):
        try:
            value, _ = value_at(source, found.end())
        except (NotDataError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return {}


def _render_in(source: str) -> FilledText | None:
    """The function `render`, or the one that the file exports alone."""
    for found in RENDER.finditer(source):
        if function := filled_text(source, found.end()):
            return function
    return exported_function(source)
