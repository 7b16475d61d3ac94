"""Reading `config.yaml`: from its text to a Config, each fault at its line."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from generator.model.base_urls import base_url_fault, is_placeholder
from generator.model.config import Config
from generator.model.options import did_you_mean
from generator.model.problems import Fault, Place, Problem, Severity, SiteError, bounded, warning
from generator.model.values import replace
from generator.read.kinds import keys_of_texts
from generator.read.located_yaml import load_yaml, locate_in_yaml, typed_yaml
from generator.read.text_files import decode
from generator.read.words import read_words

NAME = "config.yaml"
EXTRA = "extra"
TITLES = "titles."
LARGEST = 1024 * 1024


class NoSiteError(Exception):
    """There is no `config.yaml` where one was looked for."""


def find_site(start: Path) -> Path:
    """The nearest folder from `start` upwards that holds a `config.yaml`."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder
    raise NoSiteError(f"no {NAME} here or in any folder above")


def load_config(site: Path, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    """The configuration, with another `base_url` if one is given.

    Raises SiteError when it has an error: everything else would be judged by wrong rules.
    """
    config, problems = read_config(site)
    if base_url and (fault := base_url_fault(base_url)):
        hint = "Write the whole address, such as https://example.org/news/."
        problems = (*problems, Problem(Place("--base-url"), fault, hint))
    if any(problem.is_error for problem in problems):
        raise SiteError(problems)
    return (_elsewhere(config, base_url) if base_url else config), problems


def _elsewhere(config: Config, base_url: str) -> Config:
    """The site as it is built for another address: ids in feeds stay those of its own."""
    feeds, own = config.feeds, config.base_url
    if not (feeds.identity or is_placeholder(own)):
        feeds = replace(feeds, identity=own.partition("//")[2].rstrip("/"))
    return replace(config, base_url=base_url, feeds=feeds)


def read_config(site: Path) -> tuple[Config, tuple[Problem, ...]]:
    """Read a site's configuration; what is faulty keeps its default.

    Raises NoSiteError when the site has none.
    """
    file = site / NAME
    try:
        if fault := _link_fault(site, file):
            return Config(), (Problem(Place(NAME), fault, "Put the file itself in its place."),)
        stat = file.stat()
        if not S_ISREG(stat.st_mode):  # reading a pipe would never end
            hint = "Put a file in its place."
            return Config(), (Problem(Place(NAME), "is not a file", hint),)
        if stat.st_size > LARGEST:
            fault = f"{stat.st_size:,} bytes of settings; the limit is {LARGEST:,}"
            return Config(), (Problem(Place(NAME), fault, "Keep settings only in it."),)
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NoSiteError(f"no {NAME} in this folder") from None
    except OSError as error:
        hint = "Check its permissions."
        return Config(), (Problem(Place(NAME), f"cannot be read: {error.strerror}", hint),)
    text = decode(data, path=NAME)
    return parse_config(text) if isinstance(text, str) else (Config(), (text,))


def _link_fault(site: Path, file: Path) -> str:
    """What is wrong with a link in place of the file: its lines are quoted in errors."""
    if not file.is_symlink():
        return ""
    root, real = site.resolve(), Path(os.path.realpath(file))
    if not real.is_relative_to(root):
        return "is a link that leads out of the site"
    parts = real.relative_to(root).parts
    return "is a link to a hidden file" if any(part.startswith(".") for part in parts) else ""


def parse_config(text: str) -> tuple[Config, tuple[Problem, ...]]:
    """Read the text of a `config.yaml`."""
    values, problems = load_yaml(text, path=NAME, first_line=1, max_bytes=LARGEST)
    if values is None:
        return Config(), problems
    given: dict[str, object] = {**values}
    if EXTRA in given:  # for layouts, which go by what values look like
        given[EXTRA] = typed_yaml(text).get(EXTRA)
    config, faults = Config.parse(given)
    config = _titled(config, given.get("titles"))
    found = list(problems)
    for fault in (*faults, *_key_faults(config)):
        span = locate_in_yaml(text, fault.keys, path=NAME, first_line=1, of_key=fault.on_key)
        is_warning = fault.severity is Severity.WARNING
        make = span.warning if is_warning else span.error
        problem = make(fault.message, fault.hint)
        # Somebody may have written a password there: the line is not shown.
        is_shown = fault.keys[:1] != ("deploy",)
        found.append(problem if is_shown else replace(problem, excerpt=""))
    return config, bounded(found)


def _titled(config: Config, given: object) -> Config:
    """The configuration with titles of index pages in the site's language, where none are given."""
    words, _ = read_words(config.language)
    own = given if isinstance(given, Mapping) else {}
    said = {name: forms[""] for (name, _), forms in words.items() if name.startswith(TITLES)}
    found = {
        name: said[TITLES + name]
        for name in ("tags", "authors", "archive", "not_found")
        if name not in own and TITLES + name in said
    }
    return replace(config, titles=replace(config.titles, **found)) if found else config


def address_doubt(site: Path, config: Config, base_url: str = "") -> tuple[Problem, ...]:
    """A warning where a site is built for an address that nobody can reach; else nothing.

    `base_url` is the one that was asked for instead of the configuration's.
    """
    if not is_placeholder(config.base_url):
        return ()
    hint = "Write where the site will live: feeds, sitemaps and shared links need it."
    if base_url:
        return (warning(Place("--base-url"), f'a placeholder: "{base_url}"', hint),)
    text = decode((site / NAME).read_bytes(), path=NAME)
    span = locate_in_yaml(text if isinstance(text, str) else "", ("base_url",), path=NAME)
    if config.base_url not in span.excerpt:
        return (warning(Place(NAME), "no base_url", hint),)
    return (span.warning(f'base_url is a placeholder: "{config.base_url}"', hint),)


def _key_faults(config: Config) -> Iterator[Fault]:
    """What is wrong with the meanings of the newsroom's own keys."""
    if not config.keys:
        return
    from generator.read.foreign_keys import fault_of_meaning  # noqa: PLC0415 - 2 ms, and few sites have such keys

    known = keys_of_texts()
    for name, meaning in config.keys.items():
        if not isinstance(meaning, str) or fault_of_meaning(meaning, known):
            hint = did_you_mean(str(meaning), [*known, "image.credit", "ignore"])
            yield Fault(("keys", name), f'not a key of a text: "{meaning}"', hint)
