"""A dead line holds up nobody: calls end in time, and after a few failures it is left alone for a minute."""

from threading import Event

import pytest

from shared.adapters.wary_sender import REST, WarySender
from shared.ports.notices import NotTaken, Outgoing, Refused, Unclear
from tests.outside.text_gateway import dripping, text_gateway
from tests.records.outgoing_post import Gateway

OUT = Outgoing("m" * 32, "+46313900613", "", "x")
PAGE = Outgoing("p" * 32, "+46313900613", "", "x", urgent=True)


class Stopwatch:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Hanging(Gateway):
    """Never comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.over = Event()

    def send(self, out: Outgoing) -> None:
        self.over.wait(10)


def fail(sender: WarySender, times: int) -> None:
    for _ in range(times):
        with pytest.raises(NotTaken):
            sender.send(OUT)


def test_what_is_taken_is_taken() -> None:
    line = Gateway()
    WarySender(line).send(OUT)

    assert line.taken == [OUT]


def test_after_three_failures_the_line_rests_for_a_minute_and_a_page_still_goes() -> None:
    line, watch = Gateway(), Stopwatch()
    sender = WarySender(line, elapsed=watch)
    line.always = NotTaken("503")
    fail(sender, 5)
    assert line.asked == 3

    line.always = None
    with pytest.raises(NotTaken, match="resting"):
        sender.send(OUT)
    sender.send(PAGE)
    sender.send(OUT)
    assert line.taken == [PAGE, OUT]


def test_after_its_rest_the_line_is_tried_again() -> None:
    line, watch = Gateway(), Stopwatch()
    sender = WarySender(line, elapsed=watch)
    line.answers = [NotTaken(), NotTaken(), NotTaken()]
    fail(sender, 3)
    watch.at = REST
    sender.send(OUT)

    assert line.taken == [OUT]


def test_a_message_that_is_refused_says_that_the_line_works() -> None:
    line = Gateway()
    sender = WarySender(line)
    for _ in range(3):
        line.answers = [NotTaken(), NotTaken(), Refused()]
        fail(sender, 2)
        with pytest.raises(Refused):
            sender.send(OUT)

    assert line.asked == 9


def test_a_line_that_hangs_is_not_waited_for_and_holds_a_few_threads_at_most() -> None:
    line = Hanging()
    sender = WarySender(line, longest=0.01)
    for _ in range(8):
        with pytest.raises(Unclear):
            sender.send(PAGE)
    with pytest.raises(NotTaken, match="busy"):
        sender.send(PAGE)
    line.over.set()


def test_a_gateway_that_answers_drop_by_drop_is_not_waited_for() -> None:
    from shared.adapters.sms_gateway import SmsGateway

    with text_gateway() as gateway:
        gateway.always = dripping
        sender = WarySender(SmsGateway(gateway.url, "Kommunen", lambda: ("u", "p")), longest=0.4)
        with pytest.raises(Unclear, match="too_slow"):
            sender.send(OUT)


def test_a_defect_is_raised_where_it_is_awaited() -> None:
    line = Gateway()
    line.always = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        WarySender(line).send(OUT)


def test_it_is_there_when_its_line_is() -> None:
    line = Gateway()
    line.connected = False

    assert not WarySender(line).connected
