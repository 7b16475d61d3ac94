"""What is put into a Site: news of its files, and how they are to be looked at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from generator.model.article import Article, Name
from generator.model.config import Config
from generator.model.values import frozen
from generator.plan.visibility import is_visible


class Broken:
    """Stands for a text file of which nothing can be known: it has an error."""


BROKEN = Broken()
News = Mapping[str, Any]
"""What was read of some files, by path: a text, a SourceFile, BROKEN, or None where it is gone."""


@frozen
class View:
    """How a site is looked at: by which configuration, at which instant (aware).

    With `drafts` these count as published, with `held` everything does, as a preview shows it.
    `section_names` are the configuration's, in its order;
    `reserved` the first parts of addresses that no section may have.
    """

    config: Config
    now: datetime
    section_names: tuple[Name, ...] = ()
    reserved: frozenset[str] = frozenset()
    drafts: bool = False
    held: bool = False

    def shows(self, text: Any) -> bool:  # noqa: ANN401 - of any kind
        """Whether readers see a text."""
        if self.held:
            return True
        if isinstance(text, Article):
            return is_visible(text, self.now, drafts=self.drafts)
        return self.drafts or not getattr(text, "draft", False)
