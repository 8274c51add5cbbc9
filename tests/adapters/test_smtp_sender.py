"""E-mail leaves encrypted, to one address, with headers that name nobody; every refusal is told for what it is."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.smtp_sender import SmtpSender
from shared.adapters.wary_sender import WarySender
from shared.domain.message_texts import words
from shared.domain.messages import Template
from shared.ports.notices import NotSent, NotTaken, Outgoing, Refused, Unclear
from tests.houses import HandClock
from tests.loopback import free_port
from tests.outside.certificate import client_side, write_certificate
from tests.outside.mail_server import CLOSE, SILENT, MailServer, mail_server

SAID = words(Template.LOOK, "sv")
OUT = Outgoing("m" * 32, "anna.exempel@example.se", SAID.subject, SAID.text)
FROM = "ingen-svarar@example.se"
PASSWORD = "secret"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(write_certificate(tmp_path)) as opened:
        yield opened


def sender(
    server: MailServer, host: str = "localhost", context: ssl.SSLContext | None = None, password: str = PASSWORD
) -> SmtpSender:
    return SmtpSender(
        (host, server.port),
        FROM,
        lambda: ("avsandare", password),
        HandClock(),
        context=context or client_side(server.certificate),
        seconds=0.3,
    )


def test_an_e_mail_arrives_encrypted_at_one_address(server: MailServer) -> None:
    sender(server).send(OUT)
    (got,) = server.received

    assert got.encrypted
    assert got.login == ("avsandare", PASSWORD)
    assert got.to == ["anna.exempel@example.se"]
    assert got.message.get_content().strip() == OUT.text
    assert got.message["Subject"] == "Du har något att titta på"


def test_its_headers_name_nobody_and_no_machine(server: MailServer) -> None:
    sender(server).send(OUT)
    headers = dict(server.received[0].message.items())

    assert headers == {
        "From": FROM,
        "To": "anna.exempel@example.se",
        "Subject": "Du har något att titta på",
        "Date": "Mon, 02 Nov 2026 09:00:00 +0000",
        "Message-ID": f"<{'m' * 32}@example.se>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert "ehlo example.se" in server.conversations


def test_every_try_has_the_same_message_id(server: MailServer) -> None:
    sender(server).send(OUT)
    sender(server).send(OUT)

    assert len({got.message["Message-ID"] for got in server.received}) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "error"),
    [
        ("CONNECT", "421 too busy", NotTaken),
        ("CONNECT", "554 no service", NotTaken),
        ("CONNECT", CLOSE, NotTaken),
        ("CONNECT", SILENT, NotTaken),
        ("STARTTLS", "454 not now", NotTaken),
        ("STARTTLS", CLOSE, NotTaken),
        ("AUTH", "535 wrong", NotTaken),
        ("AUTH", "454 not now", NotTaken),
        ("AUTH", CLOSE, NotTaken),
        ("MAIL", "451 not now", NotTaken),
        ("MAIL", "550 who are you", NotTaken),
        ("MAIL", CLOSE, NotTaken),
        ("RCPT", "450 greylisted, come again", NotTaken),
        ("RCPT", "550 nobody here", Refused),
        ("RCPT", "551 gone elsewhere", Refused),
        ("RCPT", CLOSE, NotTaken),
        ("RCPT", SILENT, NotTaken),
        ("DATA", "451 not now", NotTaken),
        ("DATA", "554 no", Refused),
        ("DATA", CLOSE, Unclear),
        ("END", "451 not now", NotTaken),
        ("END", "552 too much", Refused),
        ("END", CLOSE, Unclear),
        ("END", SILENT, Unclear),
        ("END", "what?", Unclear),
        ("RCPT", "what?", NotTaken),
        ("CONNECT", "HTTP/1.1 200 OK", NotTaken),
    ],
)
def test_what_goes_wrong_is_told_for_what_it_is(
    server: MailServer, verb: str, answer: str, error: type[NotSent]
) -> None:
    server.answers[verb] = answer
    with pytest.raises(NotSent) as told:
        sender(server).send(OUT)

    assert type(told.value) is error


def test_a_password_that_no_server_can_be_told_has_been_told_to_none(server: MailServer) -> None:
    with pytest.raises(NotTaken):
        sender(server, password="lösen").send(OUT)


def test_greylisting_is_over_at_the_second_try(server: MailServer) -> None:
    server.answers["RCPT"] = ["450 come again"]
    with pytest.raises(NotTaken):
        sender(server).send(OUT)
    sender(server).send(OUT)

    assert len(server.received) == 1


def test_a_recipient_that_is_passed_on_is_taken(server: MailServer) -> None:
    server.answers["RCPT"] = "251 will forward"
    sender(server).send(OUT)

    assert len(server.received) == 1


def test_without_encryption_nothing_is_said(server: MailServer) -> None:
    server.offers = ("AUTH PLAIN",)
    with pytest.raises(NotTaken):
        sender(server).send(OUT)

    assert "AUTH" not in server.conversations
    assert server.received == []


@pytest.mark.parametrize("trust", ["nobody", "another name"])
def test_a_certificate_that_does_not_hold_ends_it_before_the_login(
    server: MailServer, tmp_path: Path, trust: str
) -> None:
    context, host = ssl.create_default_context(), "localhost"
    if trust == "another name":
        other = tmp_path / "other"
        other.mkdir()
        server.certificate = write_certificate(other, "mail.example.se")
        context = client_side(server.certificate)
    with pytest.raises(NotTaken):
        sender(server, host, context).send(OUT)

    assert "AUTH" not in server.conversations


def test_a_server_that_is_not_there_has_taken_nothing(tmp_path: Path) -> None:
    nobody = MailServer(write_certificate(tmp_path), free_port())
    with pytest.raises(NotTaken):
        sender(nobody).send(OUT)


def test_a_name_that_leads_nowhere_has_taken_nothing(server: MailServer) -> None:
    with pytest.raises(NotTaken):
        sender(server, "mail.invalid").send(OUT)


def test_an_address_that_would_write_a_header_of_its_own_is_never_sent(server: MailServer) -> None:
    with pytest.raises((NotSent, ValueError)):
        sender(server).send(Outgoing("m" * 32, "a@example.se\r\nBcc: b@example.se", "x", "y"))

    assert server.received == []


def test_however_slowly_it_answers_nobody_waits_longer_than_agreed(server: MailServer) -> None:
    server.answers["END"] = SILENT
    with pytest.raises(Unclear):
        WarySender(sender(server), longest=0.2).send(OUT)
