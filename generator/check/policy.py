"""Pages and the policy that the site's host sends with them: what it keeps from readers."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG

from generator.check.html import Tag
from generator.model.forbidden import forbidden
from generator.model.policy import Policy
from generator.model.problems import Place, Problem, warning
from generator.model.values import frozen

HEADERS = "_headers"
EVERYWHERE = "/*"
POLICY = "content-security-policy"
LARGEST = 1 << 20
"""Bytes of `_headers`: no host reads so many."""


@frozen
class SentPolicy:
    """The policy of every page, but for the addresses that have one of their own."""

    policy: Policy = Policy()
    origin: str = ""
    others: tuple[str, ...] = ()

    def problems(self, path: str, url: str, tags: tuple[Tag, ...]) -> Iterator[Problem]:
        """Warn of what readers of a page miss: of each kind and cause once."""
        if not self.policy.directives or any(fnmatchcase(url, one) for one in self.others):
            return
        seen: set[tuple[str, str]] = set()
        for tag in tags:
            given = {name: value or "" for name, value in reversed(tag.attributes)}
            for one in forbidden(tag.name, given, self.policy, self.origin):
                if (one.what, one.hint) not in seen:
                    seen.add((one.what, one.hint))
                    message = f"the site's policy keeps this {one.what} from readers"
                    yield warning(Place(path, tag.line, tag.column), message, one.hint)


def sent_policy(output: Path, origin: str) -> SentPolicy:
    """The policy in a published site's `_headers`; none where there is none."""
    file = output / HEADERS
    try:
        found = file.lstat()
        if not S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return SentPolicy()
        text = file.read_text("utf-8", "replace")
    except OSError:
        return SentPolicy()
    policies = dict(reversed([*_policies(text)]))  # of two for one address the first counts
    everywhere = Policy.parse(policies.pop(EVERYWHERE, ""))
    return SentPolicy(everywhere, origin, tuple(policies))


def _policies(text: str) -> Iterator[tuple[str, str]]:
    """Each address pattern that gets a policy, or is rid of one, with that policy."""
    pattern = ""
    for line in text.splitlines():
        if line[:1].isspace():
            name, _, value = line.strip().partition(":")
            if name.lstrip("! ").lower() == POLICY:
                yield pattern, value.strip()
        elif line and not line.startswith("#"):
            pattern = line.strip()
