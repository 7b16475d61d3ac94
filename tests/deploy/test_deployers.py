"""Who deploys, and whether another one is still at work."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from generator.deploy.deployers import is_gone, this_deployer
from generator.deploy.release import Claim, Deployer
from tests.support.deploying import NOON


def test_a_build_service_tells_who_set_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROADSHEET_DEPLOYER", raising=False)
    monkeypatch.setenv("GITHUB_ACTOR", "mara")
    assert this_deployer().by == "mara"
    monkeypatch.setenv("BROADSHEET_DEPLOYER", "night desk")
    assert this_deployer().by == "night desk"
    assert this_deployer().process == os.getpid()


def ended_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_a_process_of_this_machine_is_looked_for() -> None:
    me = this_deployer()
    running = Claim(Deployer("a", me.machine, os.getppid()), NOON)
    ended = Claim(Deployer("a", me.machine, ended_process()), NOON)
    late = NOON + timedelta(days=1)
    assert not is_gone(running, me, late)
    assert is_gone(ended, me, NOON)


def test_one_of_another_machine_is_waited_for_some_minutes() -> None:
    me = this_deployer()
    other = Claim(Deployer("a", f"not {me.machine}", os.getpid()), NOON)
    assert not is_gone(other, me, NOON + timedelta(minutes=3))
    assert is_gone(other, me, NOON + timedelta(minutes=3, seconds=1))


def test_an_attempt_of_this_very_process_is_over() -> None:
    me = this_deployer()
    assert is_gone(Claim(me, NOON), me, NOON)
