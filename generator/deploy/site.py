"""Deploying a site, told once: what was built, what stands there, what differs, and bring that."""

import time
from collections.abc import Sequence
from pathlib import Path

from generator.deploy.afterwards import Deployed, afterwards, purged
from generator.deploy.guard import Built, guard_built, guard_deletions, guard_foreign, guard_links
from generator.deploy.opening import open_target
from generator.deploy.packs import FolderSource
from generator.deploy.planning import Plan, planned
from generator.deploy.release import Entries, Note, entries_of, tree_of, utc_now
from generator.deploy.resuming import resumed
from generator.deploy.target import Delivery, Live, RefusedError, Tell
from generator.model.addresses import Base
from generator.model.config import Config
from generator.model.deploying import TargetOptions
from generator.model.problems import HinderedError, Problem
from generator.model.values import frozen
from generator.read.config import load_config


@frozen
class DeployOptions:
    """What a deploy is asked to do.

    `target` is a name in the configuration; none where there is just one. With `is_trial` nothing
    is changed, with `assents` neither many deletions nor foreign files are refused. One that
    `repairs` looks at every file at the target.
    """

    site: Path
    target: str = ""
    output: Path | None = None
    is_trial: bool = False
    assents: bool = False
    repairs: bool = False


@frozen
class DeployReport:
    """What a deploy did, or in a trial would do.

    `note` is of the release that is live now: of the one before where nothing was new. `seconds`
    is wall time. `problems` are warnings: what failed once the site was live.
    """

    target: TargetOptions
    note: Note | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    is_trial: bool
    seconds: float
    files: int
    problems: tuple[Problem, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether everything stood there already."""
        return not (self.added or self.changed or self.deleted)


NOTHING = planned(None, {}, utc_now())


class UnknownTargetError(HinderedError):
    """A target that the configuration lacks."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Told of progress, tells nobody."""


def target_options(config: Config, name: str) -> TargetOptions:
    """The target of that name, or the only one. Raises UnknownTargetError."""
    known = [options.name for options in config.deploy]
    if not known:
        example = "Name one in config.yaml, such as: deploy: {live: s3://paper/news}"
        raise UnknownTargetError("this site has no target to deploy to", example)
    if not name and len(known) == 1:
        return config.deploy[0]
    for options in config.deploy:
        if options.name == name:
            return options
    what = f'no target "{name}"' if name else "this site has several targets"
    raise UnknownTargetError(what, f"Name one of these: {', '.join(known)}.")


def deploy_site(options: DeployOptions, tell: Tell = silent) -> DeployReport:
    """Bring what was built to a target, in an order in which no reader sees half of it.

    Raises SiteError for what is refused (a site with drafts, too many deletions, somebody else
    at work), HinderedError for a target that is not known or does not answer, OSError when the
    machine fails. After any of these the next deploy finishes what was begun.
    """
    started = time.perf_counter()
    config, _ = load_config(options.site)
    chosen = target_options(config, options.target)
    output = options.output or options.site / "public"
    built = guard_built(options.site, output, config)
    target = open_target(chosen, options.site, built.output)
    wanted = _wanted(built, chosen)
    live = target.look(tree_of(wanted), is_wary=options.repairs)
    plan, note = NOTHING, live.note
    problems: tuple[Problem, ...] = ()
    if not live.is_current:
        live = resumed(live, wanted, FolderSource(built.output))
        plan = planned(live.release, wanted, utc_now(), live.doubtful)
        guard_links(built.output, plan.uploads)
        if not options.assents:
            guard_foreign(live)
            guard_deletions(plan, live, chosen.most_deleted)
        if not options.is_trial and (live.is_unfinished or not plan.is_empty):
            note = target.publish(_delivery(built, live, plan, wanted, tell))
            problems = _afterwards(built, plan, wanted, chosen) if chosen.has_afterwards else ()
    return DeployReport(
        target=chosen,
        note=note,
        added=plan.added,
        changed=plan.changed,
        deleted=plan.gone,
        is_trial=options.is_trial,
        seconds=time.perf_counter() - started,
        files=len(wanted),
        problems=problems,
    )


def _wanted(built: Built, chosen: TargetOptions) -> Entries:
    files = built.manifest.files.items()
    described = ((path, file.digest, file.size) for path, file in files)
    return entries_of(described, compress=chosen.compress)


def _afterwards(
    built: Built, plan: Plan, wanted: Entries, chosen: TargetOptions
) -> tuple[Problem, ...]:
    base = Base.parse(built.base_url)
    return afterwards(Deployed(base, wanted, plan.uploads, plan.gone), chosen)


def _delivery(built: Built, live: Live, plan: Plan, wanted: Entries, tell: Tell) -> Delivery:
    before = live.release.files if live.release else {}
    return Delivery(plan, wanted, before, built.base_url, FolderSource(built.output), tell)


def releases_at(options: DeployOptions) -> Sequence[Note]:
    """The live release of a target and those that a rollback can bring back, newest first."""
    config, _ = load_config(options.site)
    chosen = target_options(config, options.target)
    output = options.output or options.site / "public"
    return open_target(chosen, options.site, output).releases()


@frozen
class RollbackReport:
    """The release that is live after a rollback, and warnings of what failed once it was."""

    note: Note
    problems: tuple[Problem, ...] = ()


def rollback_site(options: DeployOptions, number: int = 0, tell: Tell = silent) -> RollbackReport:
    """Bring back an earlier release by its number; 0: the one before the live one.

    Raises RefusedError for one that is not within reach, and what `deploy_site` raises.
    """
    config, _ = load_config(options.site)
    chosen = target_options(config, options.target)
    target = open_target(chosen, options.site, options.output or options.site / "public")
    note = target.restore(_earlier(target.releases(), number), tell)
    return RollbackReport(note, purged(chosen, config.base))


def _earlier(notes: Sequence[Note], number: int) -> Note:
    """The release of that number, or the one before the live one."""
    if not notes:
        raise RefusedError("nothing was deployed there yet", "Run broadsheet deploy first.")
    live, earlier = notes[0], notes[1:]
    # Going back twice goes back two releases: what was brought back is no news.
    before = live.restored or live.number
    for note in earlier:
        if note.number == number or (not number and note.number < before and not note.restored):
            return note
    numbers = ", ".join(str(note.number) for note in earlier)
    hint = f"Name one that is: {numbers}." if numbers else "Correct the site, build and deploy."
    what = f"release {number} is not within reach" if number else ""
    raise RefusedError(what or f"there is no release before {before} within reach", hint)
