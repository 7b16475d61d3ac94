"""What tests of rendering share."""

import pytest

from tests.support.pages import PAGES


@pytest.fixture(params=PAGES)
def page_name(request: pytest.FixtureRequest) -> str:
    """The name of a page: a test that asks for it runs for every one of them."""
    return str(request.param)
