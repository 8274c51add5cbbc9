"""Text messages leave by one documented call; every answer but a clear yes is told for what it is."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.secret_file import read_secret
from shared.adapters.sms_gateway import LARGEST, SmsGateway
from shared.ports.notices import NotSent, NotTaken, Outgoing, Refused, Unclear
from tests.loopback import free_port
from tests.outside.text_gateway import (
    TAKEN,
    Behaviour,
    Posted,
    TextGateway,
    answering,
    half_an_answer,
    hanging_up,
    silent,
    text_gateway,
)

REPORT_TO = f"https://social.example.se/aterkoppling/{'a' * 64}"
OUT = Outgoing("m" * 32, "+46313900613", "", "Jouren behövs nu. Logga in på arbetsytan som vanligt.", REPORT_TO)


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    with text_gateway() as opened:
        yield opened


def sender(url: str) -> SmsGateway:
    return SmsGateway(url, "Kommunen", lambda: ("u1", "p1"), seconds=0.3)


def test_the_call_is_the_documented_one_and_holds_nothing_else(gateway: TextGateway) -> None:
    sender(gateway.url).send(OUT)

    form = {"from": "Kommunen", "to": "+46313900613", "message": OUT.text, "whendelivered": REPORT_TO}
    assert gateway.posted == [Posted("/a1/sms", form, "u1:p1")]


def test_a_message_whose_delivery_nobody_asks_for_names_no_address_of_ours(gateway: TextGateway) -> None:
    sender(gateway.url).send(Outgoing("m" * 32, "+46313900613", "", "x"))

    assert set(gateway.posted[0].form) == {"from", "to", "message"}


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (answering(500), Unclear),
        (answering(502, b"<html>"), Unclear),
        (answering(503), Unclear),
        (answering(504), Unclear),
        (answering(524), Unclear),
        (answering(408), NotTaken),
        (answering(421), NotTaken),
        (answering(425), NotTaken),
        (answering(429), NotTaken),
        (answering(401), NotTaken),
        (answering(403, b"Not enough credits"), NotTaken),
        (answering(400, b"Invalid number"), Refused),
        (answering(404), Refused),
        (answering(301, Location="http://evil.example/"), NotTaken),
        (answering(307, Location="/elsewhere"), NotTaken),
        (answering(200, b""), Unclear),
        (answering(200, b"<html>"), Unclear),
        (answering(200, b"[]"), Unclear),
        (answering(200, b"null"), Unclear),
        (answering(200, b'{"status": "created"}'), Unclear),
        (answering(200, b'{"id": 7, "status": "created"}'), Unclear),
        (answering(200, b'{"id": "s1"}'), Unclear),
        (answering(200, b'{"id": "s1", "status": "wondering"}'), Unclear),
        (answering(200, b'{"id": "s1", "status": "failed"}'), Refused),
        (answering(200, b"[" * 50_000), Unclear),
        (answering(200, b"\xff\xfe"), Unclear),
        (answering(200, b" " * (LARGEST + 1) + TAKEN), Unclear),
        (silent, Unclear),
        (hanging_up, Unclear),
        (half_an_answer, Unclear),
    ],
)
def test_what_goes_wrong_is_told_for_what_it_is(gateway: TextGateway, behave: Behaviour, error: type[NotSent]) -> None:
    gateway.behaviours = [behave]
    with pytest.raises(NotSent) as told:
        sender(gateway.url).send(OUT)

    assert type(told.value) is error
    assert len(gateway.posted) == 1


@pytest.mark.parametrize("status", ["created", "sent", "delivered"])
def test_a_clear_yes_is_a_yes(gateway: TextGateway, status: str) -> None:
    gateway.behaviours = [answering(200, json.dumps({"id": "s1", "status": status}).encode())]

    sender(gateway.url).send(OUT)


def test_a_gateway_that_is_not_there_has_taken_nothing() -> None:
    with pytest.raises(NotTaken):
        sender(f"http://127.0.0.1:{free_port()}/a1/sms").send(OUT)
    with pytest.raises(NotTaken):
        sender("https://gateway.invalid/a1/sms").send(OUT)


def test_the_machines_proxy_is_not_asked(gateway: TextGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    sender(gateway.url).send(OUT)

    assert len(gateway.posted) == 1


def test_a_password_is_read_from_its_file_each_time(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("first\n", "utf-8")
    assert read_secret(str(file)) == "first"
    file.write_text("second\nand a note\n", "utf-8")
    assert read_secret(str(file)) == "second"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", None])
def test_without_a_password_nothing_is_sent_and_another_try_may_succeed(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NotTaken):
        read_secret(str(file))
