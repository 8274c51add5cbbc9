"""A sender is killed (SIGKILL) before or just after the gateway took the page: the duty is paged all the same."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.clock import AdjustableClock
from shared.app import open_house
from shared.domain.ids import MessageId
from shared.domain.messages import CLAIM, State
from shared.domain.queries import MESSAGES_TO_SEND
from shared.records.message_rows import read_message
from shared.settings import ROOT
from tests.cases import filed
from tests.crash.sending_child import sending, settings
from tests.outside.text_gateway import TextGateway, text_gateway
from tests.records.reports import filed_case


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    with text_gateway() as opened:
        yield opened


def acute_report(folder: Path) -> MessageId:
    """A report has come in and the process that took it is gone; the page to the duty waits."""
    house = open_house(settings(folder))
    filed_case(house, filed(acute=True))
    waiting = house.store.query(MESSAGES_TO_SEND, {"open": True}, limit=10).documents
    house.close()
    return next(one.id for one in map(read_message, waiting) if one.urgent)


def send_and_be_killed(folder: Path, gateway: TextGateway, message: MessageId) -> None:
    """A process sends; the gateway kills it as soon as it has read the message, and never answers."""
    words = [sys.executable, "-m", "tests.crash.sending_child", str(folder), gateway.url, message]
    with subprocess.Popen(words, cwd=ROOT) as child:

        def kill(call: Any) -> None:
            child.kill()
            call.close_connection = True

        gateway.behaviours = [kill]
        assert child.wait(60) == -9


@pytest.mark.slow
def test_the_next_sender_pages_once_more_and_notes_that_the_first_may_have(
    tmp_path: Path, gateway: TextGateway
) -> None:
    page = acute_report(tmp_path)
    send_and_be_killed(tmp_path, gateway, page)
    house = open_house(settings(tmp_path))
    found = house.store.get("messages", page)
    assert found is not None
    assert read_message(found).state is State.SENDING

    assert isinstance(house.clock, AdjustableClock)
    assert sending(house, gateway.url).send(page) == "early"
    house.clock.advance(CLAIM + timedelta(seconds=1))
    assert sending(house, gateway.url).send(page) == "sent"
    after = house.store.get("messages", page)
    house.close()

    assert after is not None
    assert (read_message(after).state, read_message(after).unsure) == (State.SENT, 1)
    assert [one.form["to"] for one in gateway.posted] == ["+46313900613"] * 2
    assert len({one.form["whendelivered"] for one in gateway.posted}) == 1
