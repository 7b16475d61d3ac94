"""Hosts' limits: what a host would silently leave out, told before the upload."""

from collections.abc import Callable, Iterable, Iterator

from generator.model.article import SourceFile
from generator.model.config import CONFIG_FILE, Config
from generator.model.deploying import host_of
from generator.model.hosts import Host, Limits, limits_of
from generator.model.late_patterns import late_pattern
from generator.model.outputs import Output, TextFile
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, warning

FEWER_FILES = (
    "Switch off what few ask for, under outputs: tag_feeds and author_feeds, then atom and "
    "json_feed."
)
FEWER_REDIRECTS = (
    "Switch outputs.redirect_pages on: pages lead on without a limit. What no page can do, such as "
    "/old.php, goes first into static/_redirects, shortest."
)
PAGES_LEAD_ON = (
    "What it does not read is led on by pages, but for old feeds and files such as /old.php."
)
SHORTER_POLICY = "Shorten content_security_policy, or your line in static/_headers: it is dropped."
FEWER_RULES = "Shorten static/_headers: the last rules are left out."
PATTERN = late_pattern(r"\s*\S*(?:\*|/:[A-Za-z])")
"""A rule for more than one address: `/blog/*`, `/:year/:slug`."""
ELSEWHERE = "Put it where large files are served from, and link there."


def text_of_file(file: Slot | Output | None) -> str:
    """What stands in a text file that the plan makes; nothing where there is none."""
    value = file.made().value if file else None
    return value.text if isinstance(value, TextFile) else ""


def too_many_files(count: int, config: Config) -> tuple[Problem, ...]:
    """A warning for each host that does not take so many files."""
    return tuple(
        _told(f"{count:,} files: {host.name} takes {host.files:,}", FEWER_FILES)
        for host in _limits(config)
        if 0 < host.files < count
    )


def too_large_files(
    files: Iterable[SourceFile], config: Config
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Warnings for the files that a host does not take, by their paths."""
    limits = [host for host in _limits(config) if host.file]
    least = min((host.file for host in limits), default=0)
    for file in files:
        if least and file.size > least:
            found = (
                f"{file.size:,} bytes: {host.name} takes files of {host.file:,}"
                for host in limits
                if file.size > host.file
            )
            yield file.path, tuple(warning(Place(file.path), one, ELSEWHERE) for one in found)


def too_many_redirects(text: str, config: Config) -> tuple[Problem, ...]:
    """Warnings where a host does not read all of `_redirects`."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    patterns = sum(bool(PATTERN.match(line)) for line in lines)
    longest, size = max(map(len, lines), default=0), len(text.encode())
    hint = PAGES_LEAD_ON if config.outputs.redirect_pages else FEWER_REDIRECTS

    def faults(host: Limits) -> Iterator[str]:
        if 0 < host.redirects < len(lines) - (patterns if host.patterns else 0):
            yield f"_redirects has {len(lines):,} lines: {host.name} reads {host.redirects:,}"
        if 0 < host.patterns < patterns:
            yield f"_redirects has {patterns:,} patterns: {host.name} reads {host.patterns:,}"
        if 0 < host.redirects_size < size:
            yield f"_redirects has {size:,} bytes: {host.name} reads {host.redirects_size:,}"
        if 0 < host.redirect_line < longest:
            most = f"{host.name} reads {host.redirect_line:,}"
            yield f"_redirects has a line of {longest:,} characters: {most}"

    return _of_hosts(faults, config, hint)


def too_many_headers(text: str, config: Config) -> tuple[Problem, ...]:
    """Warnings where a host does not read all of `_headers`."""
    lines = [line for line in text.splitlines() if line.strip() and line[0] != "#"]
    rules = sum(not line[0].isspace() for line in lines)
    longest = max((len(line.strip()) for line in lines), default=0)

    def long_lines(host: Limits) -> Iterator[str]:
        if 0 < host.header_line < longest:
            most = f"{host.name} reads {host.header_line:,}"
            yield f"_headers has a line of {longest:,} characters: {most}"

    def many_rules(host: Limits) -> Iterator[str]:
        if 0 < host.header_rules < rules:
            yield f"_headers has {rules:,} rules: {host.name} reads {host.header_rules:,}"

    return (
        *_of_hosts(long_lines, config, SHORTER_POLICY),
        *_of_hosts(many_rules, config, FEWER_RULES),
    )


def _limits(config: Config) -> tuple[Limits, ...]:
    """The limits of the host that is named, or else of those that the site is deployed to."""
    named = [host_of(target.to) for target in config.deploy]
    return limits_of(named if config.host is Host.ANY else [config.host])


def _of_hosts(
    faults: Callable[[Limits], Iterator[str]], config: Config, hint: str
) -> tuple[Problem, ...]:
    return tuple(_told(fault, hint) for host in _limits(config) for fault in faults(host))


def _told(message: str, hint: str) -> Problem:
    return warning(Place(CONFIG_FILE), message, hint)
