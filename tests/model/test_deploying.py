"""Targets as the configuration names them: every kind is read, and no secret is let in."""

import pytest

from generator.model.deploying import Destination, Means, destination_of, target_fault
from generator.read.config import parse_config


@pytest.mark.parametrize(
    ("to", "destination"),
    [
        ("s3://paper", Destination(Means.S3, "paper")),
        ("s3://paper/news/", Destination(Means.S3, "paper", "news")),
        ("az://site/a%20b", Destination(Means.AZURE, "site", "a b")),
        ("gs://paper", Destination(Means.GOOGLE, "paper")),
        ("file:///srv/www", Destination(Means.FOLDER, "", "srv/www")),
        ("ssh://me@host:2222/srv/www", Destination(Means.SSH, "me@host:2222", "srv/www")),
        (
            "git+ssh://git@example.org/me/paper.git#pages",
            Destination(Means.GIT, "ssh://git@example.org/me/paper.git", "pages"),
        ),
        ("git+file:///srv/p.git#a/b", Destination(Means.GIT, "file:///srv/p.git", "a/b")),
        ("netlify:my-paper", Destination(Means.NETLIFY, "my-paper")),
        ("cloudflare:paper", Destination(Means.CLOUDFLARE, "paper")),
        ("python:desk.upload:send", Destination(Means.PYTHON, "desk.upload:send")),
    ],
)
def test_a_target_is_read(to: str, destination: Destination) -> None:
    assert destination_of(to) == destination


@pytest.mark.parametrize(
    "to",
    [
        "",
        "paper",
        "ftp://host/x",
        "s3://",
        "s3://paper/../x",
        "s3://paper/x?versionId=1",
        "file://srv/www",
        "file:///",
        "ssh://host",
        "ssh://-oProxyCommand=x/y",
        "git+https://github.com/a/b.git",
        "git+https://github.com/a/b.git#-x",
        "git+ext::sh -c x#pages",
        "netlify:",
        "cloudflare:a b",
        "python:os.system",
        "s3://pa per",
    ],
)
def test_what_names_no_target_is_a_fault(to: str) -> None:
    assert target_fault(to)


SECRET = "hunter2hunter2"  # noqa: S105 - nobody's


@pytest.mark.parametrize(
    "line",
    [
        f"live: 's3://AKIA:{SECRET}@paper/news'",
        f"live: 's3://{SECRET}@paper'",
        f"live: 'git+https://{SECRET}@github.com/a/b.git#pages'",
        f"live: 'git+https://me:{SECRET}@github.com/a/b.git#pages'",
        f"live: 'ssh://me:{SECRET}@host/srv'",
        f"live: 'az://site?sig={SECRET}'",
        f"live: {{to: 's3://paper', secret_key: {SECRET}}}",
        f"live: {{to: 'netlify:paper', token: {SECRET}}}",
        f"live: {{to: 's3://paper', cdn: {SECRET}}}",
    ],
)
def test_a_secret_in_the_configuration_is_an_error_that_does_not_repeat_it(line: str) -> None:
    config, problems = parse_config(f"title: A\ndeploy:\n  {line}\n")
    assert problems
    assert problems[0].place.line == 3
    assert config.deploy == ()
    assert SECRET not in repr(problems)


def test_a_share_is_written_in_percent() -> None:
    config, problems = parse_config(
        "title: A\ndeploy: {live: {to: 's3://paper', max_deletes: 5%}, b: 's3://b'}\n"
    )
    assert problems == ()
    assert [target.most_deleted for target in config.deploy] == [0.05, None]
    assert [target.name for target in config.deploy] == ["live", "b"]


@pytest.mark.parametrize("share", ["many", "101%", "-1%"])
def test_what_is_no_share_is_a_fault(share: str) -> None:
    _, problems = parse_config(
        f"title: A\ndeploy: {{live: {{to: 's3://paper', max_deletes: '{share}'}}}}\n"
    )
    assert [problem.message for problem in problems] == ["not a share in percent"]
