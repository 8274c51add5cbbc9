"""What a gateway tells of a delivery brings that one message forward, and nobody else can tell anything."""

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared import log
from shared.adapters.memory_store import MemoryStore
from shared.app import use
from shared.domain.messages import Message, State
from shared.ports.store import Document, Unavailable
from tests.houses import DEMO
from tests.records.outgoing_post import Post


class Shaky(MemoryStore):
    """A store that stops answering when told to, and counts what it is asked for."""

    down = False
    asked = 0

    def get(self, collection: str, id: str) -> Document | None:
        self.asked += 1
        if self.down:
            raise Unavailable
        return super().get(collection, id)


class Gateway:
    """The other side: it has taken a page and tells of it."""

    def __init__(self, store: Shaky) -> None:
        from functions.start.main import app

        self.store = store
        self.post = Post(store=store)
        self.client: FlaskClient = app.test_client()
        self.post.report(acute=True)
        self.post.ring()
        self.path = urlsplit(self.post.sms.taken[0].report_to).path

    @property
    def page(self) -> Message:
        return self.post.page

    def tell(self, status: str, path: str | None = None, **headers: str) -> TestResponse:
        """As 46elks does: a form with `id`, `status` and perhaps `delivered`."""
        form = {"id": "s1", "status": status, "delivered": "2026-11-02T09:00:07.123000"}
        return self.client.post(path or self.path, data=form, base_url=DEMO.origin, headers=headers)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    store = Shaky()
    made = Gateway(store)
    with use(made.post.house):
        yield made


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


def test_a_delivery_is_noted(gateway: Gateway) -> None:
    answer = gateway.tell("delivered")

    assert (answer.status_code, answer.data, gateway.page.state) == (204, b"", State.DELIVERED)


def test_it_needs_no_token_and_begins_no_session(gateway: Gateway) -> None:
    answer = gateway.tell("delivered", Origin="https://gateway.example")

    assert answer.status_code == 204
    assert "Set-Cookie" not in answer.headers


def test_what_was_not_delivered_asks_for_a_person(gateway: Gateway, lines: io.StringIO) -> None:
    gateway.tell("failed")

    assert gateway.page.state is State.FAILED
    assert gateway.page.troubled
    assert '"event": "message.undelivered"' in lines.getvalue()


def test_a_phone_that_was_off_may_get_it_after_all_and_delivered_is_the_last_word(gateway: Gateway) -> None:
    for status in ("failed", "delivered", "failed", "sent"):
        assert gateway.tell(status).status_code == 204

    assert gateway.page.state is State.DELIVERED


def test_the_same_report_a_hundred_times_is_one(gateway: Gateway) -> None:
    gateway.tell("delivered")
    before = gateway.page

    assert {gateway.tell("delivered").status_code for _ in range(100)} == {204}
    assert gateway.page == before


def test_a_report_changes_nothing_of_any_other_message(gateway: Gateway) -> None:
    (other,) = (one for one in gateway.post.messages if not one.urgent)
    gateway.tell("failed")

    assert gateway.post.stored(other) == other


def forged(path: str) -> list[str]:
    """Addresses near the right one."""
    start, secret = path.rpartition("/")[0], path.rpartition("/")[2]
    id, proof = secret[:32], secret[32:]
    flipped = ("0" if proof[0] != "0" else "1") + proof[1:]
    return [
        f"{start}/{id}{flipped}",
        f"{start}/{id}{'0' * 32}",
        f"{start}/{id}",
        f"{start}/{'0' * 32}{proof}",
        f"{start}/{secret.upper()}" if secret.upper() != secret else f"{start}/x",
        f"{start}/{secret}0",
        f"{start}/{secret}%00",
        f"{start}/{'ä' * 64}",
        f"{start}/",
        start,
    ]


def test_a_forged_address_is_no_address_and_changes_nothing(gateway: Gateway) -> None:
    before = gateway.post.messages
    for path in forged(gateway.path):
        assert gateway.tell("delivered", path).status_code == 404, path

    assert gateway.post.messages == before


def test_without_the_right_secret_the_store_is_not_asked(gateway: Gateway) -> None:
    gateway.store.asked = 0
    for path in forged(gateway.path)[:4]:
        gateway.tell("delivered", path)

    assert gateway.store.asked == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"status=", b"status=wondering", b"status=dead", b"delivered", b"\xff", b'{"status": "delivered"}'],
)
def test_a_report_that_says_nothing_known_is_no_report(gateway: Gateway, body: bytes) -> None:
    before = gateway.page
    kind = "application/x-www-form-urlencoded"
    answer = gateway.client.post(gateway.path, data=body, base_url=DEMO.origin, content_type=kind)

    assert (answer.status_code, gateway.page) == (404, before)


def test_an_enormous_report_is_refused_unread(gateway: Gateway) -> None:
    before = gateway.page
    form = {"status": "delivered", "padding": "x" * 5000}
    answer = gateway.client.post(gateway.path, data=form, base_url=DEMO.origin)

    assert (answer.status_code, gateway.page) == (413, before)


def test_a_report_of_a_message_that_is_gone_is_no_report(gateway: Gateway) -> None:
    from shared.ports.store import Delete

    gateway.post.house.store.commit([Delete("messages", gateway.page.id)])

    assert gateway.tell("delivered").status_code == 404


def test_without_the_store_the_gateway_is_asked_to_come_again(gateway: Gateway) -> None:
    gateway.store.down = True

    assert gateway.tell("delivered").status_code == 503


def test_every_message_has_a_secret_of_its_own_and_each_house_others(gateway: Gateway) -> None:
    gateway.post.report(acute=True)
    gateway.post.ring()
    proofs = {urlsplit(one.report_to).path[-32:] for one in gateway.post.sms.taken}

    assert len(proofs) == len(gateway.post.sms.taken) == 2


def test_no_row_holds_the_secret(gateway: Gateway) -> None:
    proof = gateway.path[-32:]

    assert proof not in str([body for _, body, _ in gateway.store._documents.values()])


def test_nobody_reads_anything_there(gateway: Gateway) -> None:
    assert gateway.client.get(gateway.path, base_url=DEMO.origin).status_code == 405
