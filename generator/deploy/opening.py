"""Opening a target: from its address to the module that knows the way there."""

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from generator.deploy.cloudflare import Cloudflare
from generator.deploy.deployers import this_deployer
from generator.deploy.folder_store import FolderStore
from generator.deploy.function import Function, Handover
from generator.deploy.git_branch import GitBranch
from generator.deploy.netlify import Netlify
from generator.deploy.server import Server
from generator.deploy.store import Store
from generator.deploy.store_target import StoreTarget
from generator.deploy.target import CONFIG, RefusedError, Target
from generator.model.deploying import Destination, Means, TargetOptions, destination_of
from generator.model.problems import HinderedError
from generator.publish.guard import guard_place
from generator.state.key import key_folder


def open_target(options: TargetOptions, site: Path, output: Path) -> Target:
    """The target that a configuration names; nothing is asked of it yet."""
    destination = destination_of(options.to)
    match destination.means:
        case Means.FOLDER | Means.S3 | Means.AZURE | Means.GOOGLE:
            store = _store(destination, site, output)
            return StoreTarget(store, this_deployer(), keep=options.keep)
    return _whole(destination, output, options.keep)


def _whole(destination: Destination, output: Path, keep: int) -> Target:
    """A target that takes a whole release at once."""
    place, below, who = destination.place, destination.below, this_deployer()
    match destination.means:
        case Means.SSH:
            return Server(place, below, who, keep=keep)
        case Means.GIT:
            kept = key_folder() or Path(tempfile.gettempdir(), "broadsheet")
            return GitBranch(place, below, kept / "git", who, keep=keep)
        case Means.NETLIFY:
            return Netlify(place, who)
        case Means.CLOUDFLARE:
            return Cloudflare(place, who)
    return Function(function_of(place), output, who)


def _store(destination: Destination, site: Path, output: Path) -> Store:
    if destination.means is Means.FOLDER:
        return FolderStore(_folder(Path("/", destination.below), site, output))
    from generator.deploy.cloud_store import open_cloud  # noqa: PLC0415 - 2 ms, of an extra that few need

    return open_cloud(destination)


def _folder(folder: Path, site: Path, output: Path) -> Path:
    """The folder, when it is a place of its own: neither the site's nor where it is built."""
    hint = "Name a folder of its own."
    try:
        real = guard_place(folder, site)
    except HinderedError:
        what = "the target is a file, or a folder with the site, its sources or a home in it"
        raise RefusedError(what, hint, CONFIG) from None
    built = output.resolve()
    if real.is_relative_to(built) or built.is_relative_to(real):
        raise RefusedError("the target is the folder that the site is built into", hint, CONFIG)
    return real


def function_of(name: str) -> Callable[[Handover], object]:
    """The function at `module:function`, from what Python finds: never from the site's folder."""
    module, _, function = name.partition(":")
    hint = "Install its module for the Python that runs broadsheet, or check its name."
    try:
        found: object = getattr(import_module(module), function, None)
    except ImportError:
        found = None
    if not callable(found):
        raise RefusedError(f"there is no function {function} in {module}", hint, CONFIG)
    return found
