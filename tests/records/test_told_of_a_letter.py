"""Who has a safe channel is told once of each letter in the inbox, in words that say nothing; who has none is not."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain.ids import CaseId, SubmissionId
from shared.domain.letters import Addressed, How
from shared.domain.messages import Message, Reason, RecipientKind, State
from shared.ports.keys import Tampered
from shared.ports.notices import NotTaken, Unclear
from shared.ports.store import Conflict, Replace, Unavailable
from shared.records.drafts import Draft
from shared.records.safe_channel_rows import COLLECTION
from shared.records.sending import Outcome
from shared.records.submissions import Submission
from tests.adapters.faulty_store import FaultyStore
from tests.cases import PROTECTION
from tests.letters import draft_in, letters_of, recipient, send_letter, text
from tests.people import ANNA, MARIA
from tests.records.outgoing_post import Post
from tests.records.reports import Forms
from tests.safe_ways import EMAIL, KEEPERS, ME, MINE, SMS, YOU, keeper, prove, with_codes

WORDS = "Du har fått ett meddelande. Logga in på localhost:8080 med e-legitimation."
HOUR = timedelta(hours=1)


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    return with_codes(Post(store))


@pytest.fixture
def case(post: Post) -> CaseId:
    """A case in which letters may go home."""
    found, forms = post.report(), Forms(ANNA)
    post.house.caseworker.take(ANNA, found, forms.new())
    post.house.caseworker.assess(ANNA, found, PROTECTION, forms.new(), None)
    return found


def told(post: Post) -> list[Message]:
    """The messages to residents about letters."""
    return [one for one in post.messages if one.recipient.kind is RecipientKind.RESIDENT and not one.waited_for]


def test_who_has_a_safe_channel_is_told_in_words_that_say_nothing(post: Post, case: CaseId) -> None:
    prove(post)
    send_letter(post.house, case, recipient())
    post.ring()

    (sent,) = post.email.taken
    assert (sent.to, sent.subject, sent.text) == (MINE[EMAIL], "Du har fått ett meddelande", WORDS)
    assert [one.state for one in told(post)] == [State.SENT]


def test_who_has_none_is_not_told_and_neither_is_who_has_not_typed_the_code(post: Post, case: CaseId) -> None:
    send_letter(post.house, case, recipient())
    post.house.safe_channels.ask(ME, EMAIL, MINE[EMAIL], "sv")
    send_letter(post.house, case, recipient())
    prove(post, who=YOU, address="astrid@example.com")
    post.ring()

    assert (told(post), post.email.taken) == ([], [])


def test_a_letter_on_paper_tells_nobody(post: Post, case: CaseId) -> None:
    prove(post)
    send_letter(post.house, case, recipient(), How.PRINT)

    assert told(post) == []


def test_of_two_channels_one_is_used(post: Post, case: CaseId) -> None:
    prove(post, EMAIL)
    prove(post, SMS)
    send_letter(post.house, case, recipient())
    post.ring()

    assert ([one.to for one in post.sms.taken], post.email.taken) == ([MINE[SMS]], [])


def test_every_letter_is_told_of_once_however_often_anything_is_tried(post: Post, case: CaseId) -> None:
    prove(post)
    send_letter(post.house, case, recipient())
    send_letter(post.house, case, recipient())
    for _ in range(3):
        post.ring()
        post.sending.sweep()
        assert {post.send(one) for one in told(post)} == {Outcome.OVER}
        post.pass_time(HOUR)

    assert len(post.email.taken) == 2


@pytest.mark.parametrize("fault", ["fail_commits_after", "repeat_commits", "conflict_commits"])
def test_a_letter_sent_again_after_a_lost_answer_is_told_of_once(
    post: Post, store: FaultyStore, case: CaseId, fault: str
) -> None:
    prove(post)
    send = sending(post, case)
    getattr(store, fault)(1)
    for _ in range(3):
        send()
    post.ring()
    post.sending.sweep()  # whose answer is lost sets no alarm

    assert (len(letters_of(post.house, case)), len(told(post)), len(post.email.taken)) == (1, 1, 1)


def test_letter_and_notice_are_written_together_or_not_at_all(post: Post, store: FaultyStore, case: CaseId) -> None:
    prove(post)
    send = sending(post, case)
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        send()
    assert (letters_of(post.house, case), told(post)) == (set(), [])

    send()
    assert (len(letters_of(post.house, case)), len(told(post))) == (1, 1)


def test_at_night_nobody_is_told_until_morning(post: Post, case: CaseId) -> None:
    prove(post)
    post.clock.advance(13 * HOUR)  # 23.00
    send_letter(post.house, case, recipient())
    post.pass_time(7 * HOUR)
    assert post.email.taken == []
    post.pass_time(2 * HOUR)

    assert len(post.email.taken) == 1


def test_a_channel_taken_away_meanwhile_is_not_written_to(post: Post, case: CaseId) -> None:
    prove(post)
    post.clock.advance(13 * HOUR)
    send_letter(post.house, case, recipient())
    post.house.safe_channels.take_away(ME, EMAIL)
    post.pass_time(12 * HOUR)
    post.sending.sweep()

    assert post.email.taken == []
    assert [(one.state, one.reason, one.troubled) for one in told(post)] == [(State.DROPPED, Reason.NOT_SAFE, False)]


def test_a_number_changed_meanwhile_is_the_one_that_is_written_to(post: Post, case: CaseId) -> None:
    prove(post, SMS)
    post.sms.answers = [NotTaken()]
    send_letter(post.house, case, recipient())
    post.ring()
    post.house.safe_channels.take_away(ME, SMS)
    prove(post, SMS, address="+46701740606")
    post.pass_time(HOUR)

    assert [one.to for one in post.sms.taken] == ["+46701740606"]


def test_what_may_have_arrived_is_never_sent_again_and_the_lead_sees_it(post: Post, case: CaseId) -> None:
    prove(post)
    post.email.answers = [Unclear()]
    send_letter(post.house, case, recipient())
    post.pass_time(24 * HOUR, every=HOUR)

    assert (post.email.asked - 1, post.email.taken) == (1, [])  # the one before brought the code
    assert [one.reason for one in post.house.troubled.page(MARIA).messages] == [Reason.UNCLEAR]


def test_an_address_that_was_changed_from_outside_is_not_written_to(post: Post, case: CaseId) -> None:
    prove(post)
    prove(post, who=YOU, address="astrid@example.com")
    mine, yours = (post.document(COLLECTION, f"{one.person}-email") for one in (ME, YOU))
    stolen = {**mine.fields, "sealed": yours.fields["sealed"], "key": yours.fields["key"]}
    post.house.store.commit([Replace(COLLECTION, mine.id, mine.rev, stolen)])
    send_letter(post.house, case, recipient())
    post.ring()

    assert post.email.taken == []
    with pytest.raises(Tampered):
        post.house.safe_channels.own(ME)


def sending(post: Post, case: CaseId) -> Callable[[], None]:
    """The act of sending one letter, by one rendered form."""
    said = text()
    draft: Draft = draft_in(post.house, case, said.kind)
    once = Submission(str(ANNA.staff), SubmissionId("5" * 32), {})

    def send() -> None:
        try:
            post.house.letters.send(
                ANNA, case, said.kind, [Addressed(recipient(), said)], How.INBOX, plan="", submission=once, draft=draft
            )
        except Conflict:
            return

    return send
