"""The application, apart from what raw requests and browsers test."""

import asyncio

from generator.serve.app import put_last


def test_a_page_that_is_slow_to_read_gets_the_last_message_only() -> None:
    messages = asyncio.Queue[str]()
    for number in range(1000):
        put_last(messages, str(number))
    assert messages.qsize() == 1
    assert messages.get_nowait() == "999"
