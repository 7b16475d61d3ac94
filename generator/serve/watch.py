"""Watching the site's folders: what the system says has changed becomes hints of where to look."""

import errno
import logging
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirModifiedEvent,
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.serve.allowance import is_used_up
from generator.serve.debounce import Notify
from generator.serve.linked import Linked, linked
from generator.serve.mounts import remote_kind

LOGGER = logging.getLogger("watchdog")
FOLDERS = ("content", "layouts", "static")
NO_CHANGE = (FileOpenedEvent, FileClosedNoWriteEvent, DirModifiedEvent)
MOST_PLACES = 16
"""Folders elsewhere that are watched because links lead there: each takes a thread. What else is
linked is found by looking at everything."""
MOST_LOST = 5
"""How often the system may stop telling before it is not asked any more."""


class Watch:
    """Watches a site's folders until it is stopped.

    `fault` says, for people, why the system cannot tell of every change; empty while it
    can. Whoever uses this must then look at the disk at intervals.
    """

    def __init__(self, site: Path, notify: Notify) -> None:
        self._named, self._notify = site, notify
        self._site = Path(os.path.realpath(site))
        self._observer: BaseObserver | None = None
        self._watches: dict[str, tuple[ObservedWatch, int]] = {}
        self._linked = Linked()
        self._places: dict[tuple[str, bool, int], ObservedWatch] = {}
        self._root = self._lost = 0
        self._is_doubtful = self._is_broken = False
        self._listener = _Listener(self._warned)
        self.fault = ""

    def start(self) -> None:
        """Begin; folders that are not there yet are watched from when they are."""
        self._listener.begin()
        self._root = self._inode("")
        self._ask_mounts()
        try:
            self._observer = Observer()
            self._observer.start()
            handler = _Handler(self._root_changed, str(self._site), "")
            self._observer.schedule(handler, str(self._site), recursive=False)
        except OSError as error:
            self._fail(error)
            return
        self.renew()

    def _ask_mounts(self) -> None:
        """See whether a folder, or what is mounted in one, is on a disk that tells of nothing."""
        folders = (Path(os.path.realpath(self._site / name)) for name in ("", *FOLDERS))
        if not self.fault and (kind := remote_kind(folders)):
            self.fault = f"changes made elsewhere are not told on this disk ({kind})"

    def renew(self) -> None:
        """Watch the folders that have come, and those that are no longer the same folder."""
        if self._observer is None:
            return
        self._ask_mounts()
        for name in FOLDERS:
            inode = self._inode(name)
            watch, known = self._watches.pop(name, (None, 0))
            if watch and inode == known:
                self._watches[name] = (watch, known)
                continue
            if watch:
                self._unschedule(watch)
            if inode and (watch := self._scheduled(name, is_recursive=True)):
                self._watches[name] = (watch, inode)

    def follow(self, links: Iterable[str]) -> None:
        """Tell of changes to what links lead to, as changes at the links."""
        self._linked = linked(self._site, links, FOLDERS)
        places = [place for place in self._linked.places.items() if place[0]][:MOST_PLACES]
        wanted = {(*place, inode) for place in places if (inode := self._inode(place[0]))}
        for key in self._places.keys() - wanted:
            self._unschedule(self._places.pop(key))
        for key in wanted - self._places.keys():
            if watch := self._scheduled(key[0], is_recursive=key[1]):
                self._places[key] = watch

    def _inode(self, folder: str) -> int:
        """What tells a folder of the site from another of the same name; 0 for none."""
        try:
            found = (self._site / folder).stat()
        except OSError:
            return 0
        return found.st_ino if stat.S_ISDIR(found.st_mode) else 0

    def _scheduled(self, folder: str, *, is_recursive: bool) -> ObservedWatch | None:
        """A watch on a folder of the site, whose content must be looked at from now on."""
        if self._observer is None:
            return None
        # What is a link is watched where it leads: the system would watch the link itself.
        place = os.path.realpath(self._site / folder)
        handler = _Handler(self._changed, place, folder)
        try:
            watch = self._observer.schedule(handler, place, recursive=is_recursive)
        except OSError as error:
            self._fail(error)
            return None
        except RecursionError:
            self.fault = "folders lie too deep to be watched"
            return None
        self._notify(None)
        return watch

    def _unschedule(self, watch: ObservedWatch) -> None:
        if self._observer is not None:
            with suppress(KeyError, OSError):
                self._observer.unschedule(watch)

    def check(self) -> None:
        """See whether all is still watched, and begin anew if not; `fault` if that is in vain."""
        if self._observer is None or self.fault:
            return
        self._site = Path(os.path.realpath(self._named))  # a link may lead elsewhere by now
        observer, inode = self._observer, self._inode("")
        if not inode:  # the site has been moved away or deleted, and may come back
            if self._root:
                self._root = 0
                self._notify(None)
            return
        if is_used_up(self._site):
            self._fail(OSError(errno.ENOSPC, ""))
            return
        if self._is_doubtful:  # what came while its watches were made anew was not told either
            self._is_doubtful = False
            self._notify(None)
        is_other = inode != self._root
        are_alive = observer.is_alive() and all(one.is_alive() for one in list(observer.emitters))
        if are_alive and not (self._is_broken or is_other):
            return
        self._is_broken = False
        observer.stop()
        self._watches.clear()
        self._places.clear()
        self._lost += not is_other
        if self._lost > MOST_LOST:
            self._observer, self.fault = None, "the system has stopped telling of changes"
        else:
            self.start()
        self._notify(None)

    def stop(self) -> None:
        """End; no event is told afterwards."""
        self._notify = lambda _path: None
        self._listener.end()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(1)

    def _warned(self, *, is_error: bool) -> None:
        """Hear that the library has lost events, or more than that."""
        self._is_doubtful = True
        self._is_broken = self._is_broken or is_error
        self._notify(None)

    def _fail(self, error: OSError) -> None:
        if error.errno in (errno.ENOSPC, errno.EMFILE):
            limit = "max_user_watches" if error.errno == errno.ENOSPC else "max_user_instances"
            self.fault = f"the system has no watches left (fs.inotify.{limit})"
        else:
            self.fault = f"the system does not tell of changes ({error.strerror})"

    def _root_changed(self, name: str) -> None:
        if name in FOLDERS:
            self._notify(None)
        elif name and "/" not in name:
            self._notify(name)
            self._tell_links(name)

    def _changed(self, inside: str) -> None:
        if inside.partition("/")[0] in FOLDERS:
            self._notify(inside)
        self._tell_links(inside)

    def _tell_links(self, inside: str) -> None:
        for path in self._linked.changed(inside):
            self._notify(path)


class _Listener(logging.Handler):
    """Hears what the library logs: that the system's queue was full is told in no other way.

    It goes no further: in the terminal nobody could do anything about it.
    """

    def __init__(self, warned: Callable[..., None]) -> None:
        super().__init__(logging.WARNING)
        self._warned = warned

    def begin(self) -> None:
        """Listen."""
        LOGGER.addHandler(self)
        LOGGER.propagate = False

    def end(self) -> None:
        """Listen no more."""
        LOGGER.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Hear a warning, in whichever thread it comes."""
        self._warned(is_error=record.levelno >= logging.ERROR)


class _Handler(FileSystemEventHandler):
    """Passes on where an event happened, by its path in the site; its kind does not matter.

    `place` is the real folder that is watched, `folder` the site's name for it.
    """

    def __init__(self, changed: Callable[[str], None], place: str, folder: str) -> None:
        self._changed, self._place, self._folder = changed, place, folder

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of both ends of an event, unless it changes nothing."""
        if isinstance(event, NO_CHANGE):
            return
        for path in (event.src_path, event.dest_path):
            if path and (inside := self._inside(os.fsdecode(path))) is not None:
                self._changed(inside)

    def _inside(self, path: str) -> str | None:
        """A path as the site names it; None for one outside of what is watched."""
        if path != self._place and not path.startswith(self._place + os.sep):
            return None
        below = path[len(self._place) + 1 :].replace(os.sep, "/")
        return "/".join(filter(None, (self._folder, below)))
