"""Options of links: what a link that leads nowhere stops, and where others answer."""

from datetime import date, datetime
from enum import StrEnum

from generator.model.options import option, option_group
from generator.model.problems import Severity


class DeadLinks(StrEnum):
    """What a link that leads nowhere is."""

    ERROR = "error"
    WARN = "warn"


def day_fault(text: str) -> str:
    """What is wrong with a day, or nothing."""
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return f'not a day: "{text}"'
    return ""


def prefix_fault(text: str) -> str:
    """What is wrong with the beginning of addresses, or nothing."""
    return "" if text.startswith("/") else f'not from the site\'s root: "{text}"'


@option_group
class LinkOptions:
    """What becomes of links in texts, and of their pictures, that lead nowhere on this site."""

    dead: DeadLinks = option(
        DeadLinks.ERROR,
        "What a dead link or a missing picture is: with `warn` its text stays, without the link.",
    )
    before: str = option(
        "",
        "Be lenient (`warn`) only with texts that are dated before this day: `2020-01-01`; "
        "for texts without a date `dead` holds.",
        check=day_fault,
        hint="Write year, month and day: 2020-01-01.",
    )
    elsewhere: tuple[str, ...] = option(
        (),
        "Beginnings of addresses on this host that another program answers: `[/docs/]`.",
        check=prefix_fault,
        hint="Begin with a slash: /docs/.",
    )

    def severity(self, instant: datetime | None) -> Severity:
        """How much a dead link stops in a text of an instant; None for a text without a date.

        A standing page has no date: what `dead` says holds for it, whatever day is given.
        """
        is_lenient = self.dead is DeadLinks.WARN
        if self.before and instant is not None:
            is_lenient = instant.date() < date.fromisoformat(self.before.strip())
        return Severity.WARNING if is_lenient else Severity.ERROR

    def leads_elsewhere(self, address: str) -> bool:
        """Whether another program answers at an address (decoded, from the site's root)."""
        whole = address.rstrip("/") + "/"
        return any(whole.startswith(prefix.rstrip("/") + "/") for prefix in self.elsewhere)


def media_fault(url: str) -> str:
    """What is wrong with the base of pictures elsewhere, or nothing."""
    is_sound = url.startswith(("https://", "http://")) and not {*url} & {*" ?#<>\"'"}
    return "" if is_sound else f'not a web address: "{url}"'


@option_group
class MediaOptions:
    """Where pictures are that are not in the site."""

    base: str = option(
        "",
        "What is put before the name of a picture that is not in the site: "
        "`https://media.example.org/`.",
        check=media_fault,
        hint="Write the whole address, such as https://media.example.org/photos/.",
    )
