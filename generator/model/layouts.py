"""Layout files: templates as they were read, before anything is made of them."""

import posixpath

from generator.model.values import frozen


@frozen
class LayoutFile:
    """One layout.

    `name` is what other layouts call it (`parts/card.html`), `place` the path that a
    Problem in it names: `layouts/…` for the site's own, `theme/…` for the built-in one.
    """

    name: str
    place: str
    text: str


@frozen
class ThemeFile:
    """A file of the theme that is no layout, such as the style sheet."""

    name: str
    digest: str
    data: bytes

    @property
    def published_name(self) -> str:
        """Its name under `/assets/`, which tells its content: `site.0a1b2c3d4e.css`."""
        stem, suffix = posixpath.splitext(self.name)
        return f"{stem}.{self.digest[:10]}{suffix}"
