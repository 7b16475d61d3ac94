"""A Pelican plugin: Markdown files whose front matter is YAML, as the other generators read it."""

from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader

Reading = tuple[str, dict[str, object]]


class YamlFrontMatterReader(MarkdownReader):
    """Reads what stands between `---` lines as YAML, and what follows as Markdown."""

    file_extensions = ("md",)

    def read(self, source_path: str) -> Reading:
        """A file's HTML and its metadata."""
        _, front_matter, body = Path(source_path).read_text("utf-8").split("---\n", 2)
        # Strings only, as Pelican wants them; the fast loader, so that Pelican is not slowed down.
        values = yaml.load(front_matter, _StringLoader)  # noqa: S506 - builds strings only
        values["category"] = values.pop("section")
        metadata = {name: self.process_metadata(name, value) for name, value in values.items()}
        return Markdown(**self.settings["MARKDOWN"]).convert(body), metadata


class _StringLoader(yaml.CBaseLoader):
    pass


def register() -> None:
    """Tell Pelican of the reader."""
    signals.readers_init.connect(_use)


def _use(readers: object) -> None:
    readers.reader_classes["md"] = YamlFrontMatterReader  # type: ignore[attr-defined]
