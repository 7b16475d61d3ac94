"""The addresses of other sites that a published folder names: do they still answer?"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from generator.check.asking import Answer, ask
from generator.check.folder import PublishedFolder
from generator.check.html import read_tags
from generator.check.links import base_address, references
from generator.check.pages import is_page
from generator.check.reference import Reference
from generator.check.tally import Tally
from generator.model.addresses import Base
from generator.model.problems import Place, Problem, warning

Wanted = dict[str, list[tuple[str, Reference]]]
"""Each address of another site, with the pages that name it and how."""

SILENCES = 2
"""After this many addresses in a row without any answer, a host is asked for no others."""


def check_external(
    output: Path,
    *,
    base_url: str,
    timeout: float = 10.0,
    pause: float = 0.5,
    workers: int = 8,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Problem, ...]:
    """Ask other sites for every address that the published pages name, each once.

    `workers` is how many hosts are asked side by side; each host is asked by one alone, with a
    `pause` between two questions. `timeout` and `pause` are in seconds. What is gone (404, 410)
    is an error, all else a warning: a site may be down today, or refuse machines. `progress` is
    told how many addresses are done, of how many.
    """
    folder = PublishedFolder.walk(output, Base.parse(base_url))
    wanted = _wanted(output, folder)
    tally = Tally()
    answers = _answers(wanted, timeout, pause, workers)
    for done, (url, answer) in enumerate(answers, start=1):
        tally.add(_problems(url, answer, wanted[url]))
        if progress:
            progress(done, len(wanted))
    return tally.problems()


def _wanted(output: Path, folder: PublishedFolder) -> Wanted:
    """Gather the addresses; a page that cannot be read is for the check of the folder to tell."""
    wanted: Wanted = {}
    for path in sorted(filter(is_page, folder.paths)):
        try:
            tags = read_tags((output / path).read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
        url = folder.base_of(path, base_address(tags))
        for reference in references(tags):
            if elsewhere := folder.lead(reference.url, url).elsewhere:
                wanted.setdefault(elsewhere, []).append((path, reference))
    return wanted


def _answers(
    wanted: Wanted, timeout: float, pause: float, workers: int
) -> Iterator[tuple[str, Answer]]:
    hosts: dict[str, list[str]] = {}
    for url in wanted:
        hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
    stop = Event()
    with ThreadPoolExecutor(workers) as pool:
        asked = [pool.submit(_ask_host, urls, timeout, pause, stop) for urls in hosts.values()]
        try:
            for host in as_completed(asked):
                yield from host.result()
        finally:
            # When the user has had enough, no host is asked another question.
            stop.set()


def _ask_host(
    urls: list[str], timeout: float, pause: float, stop: Event
) -> list[tuple[str, Answer]]:
    answers: list[tuple[str, Answer]] = []
    silences = 0
    for url in urls:
        if silences < SILENCES:
            if answers and stop.wait(pause):
                break
            answer = ask(url, timeout)
            silences = silences + 1 if answer.is_silent else 0
        answers.append((url, answer))
    return answers


def _problems(url: str, answer: Answer, named: list[tuple[str, Reference]]) -> Iterator[Problem]:
    if answer.fault:
        make = Problem if answer.is_gone else warning
        for path, reference in named:
            place = Place(path, reference.line, reference.column)
            yield make(place, f'{reference.what} {answer.fault}: "{url}"', answer.hint)
