"""One night from the report to the morning, with a real gateway's and a real mail server's wire on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from shared.adapters.sms_gateway import SmsGateway
from shared.adapters.smtp_sender import SmtpSender
from shared.app import use
from shared.domain.intake import Filed
from shared.domain.messages import Channel, State
from tests.cases import filed
from tests.faults.canaries import hits
from tests.houses import DEMO
from tests.outside.certificate import client_side, write_certificate
from tests.outside.mail_server import MailServer, mail_server
from tests.outside.text_gateway import TextGateway, answering, text_gateway
from tests.records.outgoing_post import Post
from tests.records.reports import filed_case

EVENING = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
"""Eleven o'clock in Stockholm."""
WRITTEN = ("Nova Exempel", "198804202383", "hungrig varje morgon", "070-174 06 05")


@dataclass
class Night:
    """The house, and what stands outside it."""

    post: Post
    gateway: TextGateway
    mail: MailServer
    client: FlaskClient

    def page(self) -> State:
        """How far the page has come."""
        return self.post.page.state

    def tell(self, status: str) -> int:
        """The gateway posts its report to the address it was given; the status of our answer."""
        path = urlsplit(self.gateway.posted[-1].form["whendelivered"]).path
        return self.client.post(path, data={"id": "s1", "status": status}, base_url=DEMO.origin).status_code


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    from functions.start.main import app

    certificate = write_certificate(tmp_path)
    with ExitStack() as opened:
        gateway, mail = opened.enter_context(text_gateway()), opened.enter_context(mail_server(certificate))
        post = Post()
        post.clock.at = EVENING
        context = client_side(certificate)
        email = SmtpSender(("localhost", mail.port), "a@example.se", None, post.clock, context=context)
        post.senders[Channel.SMS] = SmsGateway(gateway.url, "Kommunen", lambda: ("u", "p"))
        post.senders[Channel.EMAIL] = email
        opened.enter_context(use(post.house))
        yield Night(post, gateway, mail, app.test_client())


def report() -> Filed:
    """An acute report, with words that may never leave."""
    return filed(acute=True)


def test_from_a_report_at_eleven_to_the_morning(night: Night) -> None:
    night.gateway.always = answering(503)
    night.mail.answers["RCPT"] = ["450 greylisted"]
    filed_case(night.post.house, report())
    night.post.ring()
    night.post.pass_time(timedelta(hours=1), timedelta(minutes=1))
    assert night.page() is State.WAITING

    night.gateway.always = None
    before = len(night.gateway.posted)
    night.post.pass_time(timedelta(minutes=31), timedelta(minutes=1))
    assert len(night.gateway.posted) == before + 1
    assert night.tell("delivered") == 204
    assert night.page() is State.DELIVERED

    assert night.mail.received == []
    night.post.clock.at = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    night.post.ring()
    assert night.mail.received == []
    night.post.pass_time(timedelta(minutes=5), timedelta(seconds=30))
    assert [one.to for one in night.mail.received] == [["maria.exempel@example.se"]]
    assert len(night.gateway.posted) == before + 1


def test_nothing_that_was_written_goes_over_any_wire(night: Night) -> None:
    filed_case(night.post.house, report())
    night.post.ring()
    night.post.pass_time(timedelta(hours=9), timedelta(minutes=30))
    over = str(night.gateway.posted) + str(night.mail.conversations)
    over += "".join(one.raw.decode() for one in night.mail.received)

    assert night.mail.received != []
    assert hits(WRITTEN, over.encode()) == []
    assert "Elsa" not in over
