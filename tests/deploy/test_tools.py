"""Other programs: what they say when they fail, and what to do about it."""

import pytest

from generator.deploy.patience import PassingError
from generator.deploy.tools import ToolError, run_tool


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        (
            "git@host: Permission denied (publickey).",
            "sh: git@host: Permission denied (publickey)",
            "Log in by hand once: what works there without a question works here too.",
        ),
        (
            'rsync: write failed on "/srv/a": No space left on device (28)\nrsync error: code 11',
            'sh: rsync: write failed on "/srv/a": No space left on device (28)',
            "Make room there. Deploy again: the next run finishes what is not done.",
        ),
        (
            "mkdir: cannot create directory '/srv': Permission denied",
            "sh: mkdir: cannot create directory '/srv': Permission denied",
            "Let this account write there. Deploy again.",
        ),
        (
            "fatal: 'x.git' does not appear to be a git repository\nfatal: Could not read.\nMore.",
            "sh: fatal: 'x.git' does not appear to be a git repository",
            "Make it, or check the target's address.",
        ),
        ("error: bad\nand more", "sh: error: bad", "Mend that, and deploy again."),
        ("", "sh: exit status 1", "Mend that, and deploy again."),
    ],
)
def test_the_line_that_tells_most_is_shown_with_what_to_do(
    said: str, message: str, hint: str
) -> None:
    with pytest.raises(ToolError) as told:
        run_tool(["sh", "-c", 'printf "%s" "$1" >&2; exit 1', "sh", said])
    assert (told.value.message, told.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "said",
    [
        "fatal: unable to access 'https://host/': Failed to connect to host port 443",
        "ssh: connect to host quay.news port 22: Connection refused",
        "error: RPC failed; HTTP 503",
    ],
)
def test_what_may_be_gone_in_a_moment_is_told_apart(said: str) -> None:
    with pytest.raises(PassingError, match="Check the network"):
        run_tool(["sh", "-c", 'echo "$1" >&2; exit 1', "sh", said])
