"""What readers do not see: which texts, why, and until when."""

from datetime import datetime
from enum import StrEnum

from generator.model.values import frozen


class State(StrEnum):
    """Why a text has no page."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    FAULTY = "faulty"


@frozen
class LeftOut:
    """A text without a page. `reason` is for people; `until` is when it comes, if that is known."""

    path: str
    state: State
    reason: str
    title: str = ""
    until: datetime | None = None
