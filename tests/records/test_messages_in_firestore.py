"""The outbox over Firestore: the same messages leave, once, and the same are spared. On the official emulator."""

from datetime import timedelta
from pathlib import Path

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.domain.ids import MessageId
from shared.domain.messages import Reason, State
from shared.domain.queries import MESSAGES_WAITING
from shared.ports.notices import Refused
from shared.records.message_rows import read_message
from tests.emulator import Emulator
from tests.people import MARIA
from tests.records.outgoing_post import Post

pytestmark = [pytest.mark.slow, pytest.mark.emulator]


def states(post: Post) -> dict[str, list[tuple[State, Reason]]]:
    """Every message's state and reason by recipient."""
    found: dict[str, list[tuple[State, Reason]]] = {}
    for open in (True, False):
        for one in post.house.store.query(MESSAGES_WAITING, {"open": open}, limit=100).documents:
            message = read_message(one)
            found.setdefault(message.recipient.id, []).append((message.state, message.reason))
    return {id: sorted(several) for id, several in found.items()}


def test_pages_leave_once_each_and_letters_in_the_same_words_as_one(emulator: Emulator, tmp_path: Path) -> None:
    post = Post(store=FirestoreStore(emulator.database(str(tmp_path)), patience=60, try_s=20))
    post.report(acute=True)
    post.report(acute=True)
    post.clock.advance(timedelta(seconds=1))
    for _ in range(2):
        post.sending.sweep()
        post.clock.advance(timedelta(minutes=1))

    assert (len(post.sms.taken), len(post.email.taken)) == (2, 1)
    assert states(post) == {
        "": [(State.SENT, Reason.NONE)] * 2,
        "maria.exempel": [(State.DROPPED, Reason.SAID), (State.SENT, Reason.NONE)],
    }


def test_what_did_not_arrive_is_found_by_the_lead(emulator: Emulator, tmp_path: Path) -> None:
    post = Post(store=FirestoreStore(emulator.database(str(tmp_path)), patience=60, try_s=20))
    post.sms.answers = [Refused("400")]
    post.report(acute=True)
    post.sending.sweep()
    (dead,) = post.house.troubled.page(MARIA).messages
    post.house.troubled.again(MARIA, MessageId(dead.id))
    post.sending.sweep()

    assert post.house.troubled.count(MARIA) == 0
    assert len(post.sms.taken) == 1
