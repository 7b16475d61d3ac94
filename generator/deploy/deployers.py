"""Deployers: who this is, and whether another one is still at work."""

import getpass
import os
import socket
import sys
from datetime import datetime

from generator.deploy.release import Claim, Deployer

NAMES = ("BROADSHEET_DEPLOYER", "GITHUB_ACTOR", "GITLAB_USER_LOGIN")
"""Where a build service says who set it off; the first is for whoever wants another name."""


def this_deployer() -> Deployer:
    """The person and process that this is."""
    machine = socket.gethostname()
    named = next(filter(None, map(os.environ.get, NAMES)), None)
    try:
        by = named or f"{getpass.getuser()}@{machine}"
    except (KeyError, OSError, ImportError):  # an account without a name
        by = machine
    return Deployer(by, machine, os.getpid())


def is_gone(claim: Claim, who: Deployer, now: datetime) -> bool:
    """Whether the deployer of a claim has ended, or was not heard of for too long.

    One of this process was left by an attempt before this one.
    """
    other = claim.who
    if other.machine == who.machine:
        return other.process == who.process or not _runs(other.process)
    return claim.has_lapsed(now)


def _runs(process: int) -> bool:
    """Whether a process of this machine is alive, as far as can be told."""
    if sys.platform == "win32":  # asking there would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True
