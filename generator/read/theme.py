"""The built-in theme: where it lies."""

import errno
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def theme_folder(package: Path = PACKAGE) -> Path:
    """The folder of the built-in theme's layouts and assets.

    An installed Broadsheet carries it as `generator/theme`; in a checkout it stands
    beside the package, as `layouts`. Raises FileNotFoundError where neither is there.
    """
    for folder in (package / "theme", package.parent / "layouts"):
        if (folder / "base.html").is_file():
            return folder
    message = "the built-in theme is missing: install Broadsheet again"
    raise FileNotFoundError(errno.ENOENT, message, "generator/theme")
