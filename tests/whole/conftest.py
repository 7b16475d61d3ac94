"""The demonstration site, built once for all tests of whole sites."""

import shutil
from pathlib import Path
from types import MappingProxyType

import pytest

from generator.build import BuildOptions, BuildReport, build
from tests.support.demo import NOW, SOURCES, Pages, parse_pages


@pytest.fixture(scope="session")
def demo_site(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site that this repository is: nothing is written into the checkout."""
    site = tmp_path_factory.mktemp("demo")
    shutil.copyfile(checkout / "config.yaml", site / "config.yaml")
    for folder in SOURCES:
        shutil.copytree(checkout / folder, site / folder)
    return site


@pytest.fixture(scope="session")
def demo_report(demo_site: Path) -> BuildReport:
    """What building the demonstration site told."""
    return build(BuildOptions(demo_site, NOW, demo_site / "public"))


@pytest.fixture(scope="session")
def demo(demo_report: BuildReport) -> Path:
    """The demonstration site's published folder."""
    return demo_report.output


@pytest.fixture(scope="session")
def demo_pages(demo: Path) -> Pages:
    """Every page of the demonstration site, by path."""
    return MappingProxyType(dict(parse_pages(demo)))
