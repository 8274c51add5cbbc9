"""What did not arrive, as the lead meets it: on the page about the operation, and in a list of its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.casework import message_pages
from shared.app import use
from shared.domain.messages import Channel, Reason, State, Template
from shared.ports.notices import NotTaken, Refused
from tests.functions.staff_browser import Desk
from tests.people import MARIA, SAMIR
from tests.records.outgoing_post import Post

LIST, OPERATIONS = "/arbete/drift/utskick", "/arbete/drift"


@pytest.fixture
def post() -> Iterator[Post]:
    """A house whose pages use the sender of the test, too."""
    made = Post()
    made.house.__dict__["sending"] = made.sending
    with use(made.house):
        yield made


def refused(post: Post) -> None:
    """A page that the gateway did not take."""
    post.sms.answers = [Refused("400")]
    post.report(acute=True)
    post.ring()


def test_there_is_nothing_to_see_at_first(post: Post) -> None:
    assert "Allt har kommit fram, eller är avprickat." in Desk(post.house, MARIA).get(LIST).text


def test_the_lead_reads_what_it_was_and_why_and_no_address(post: Post) -> None:
    refused(post)
    page = Desk(post.house, MARIA).get(LIST).text

    for words in ("Jouren söktes", "Akut", "Adressen togs inte emot.", "Till jourtelefonen med sms"):
        assert words in page
    for hidden in ("+46", "390 06 13", "Nova"):
        assert hidden not in page.partition("<main")[2].partition("</main>")[0]


def test_the_lead_sends_it_again(post: Post) -> None:
    refused(post)
    maria = Desk(post.house, MARIA)
    path = f"{LIST}/{post.page.id}/igen"
    answer = maria.post(path, maria.fields(LIST, path))
    post.ring()

    assert (answer.status_code, answer.location) == (303, f"{LIST}?gjort=igen")
    assert "Det skickas igen." in maria.get(answer.location).text
    assert post.page.state is State.SENT


def test_the_lead_ticks_it_off(post: Post) -> None:
    refused(post)
    maria = Desk(post.house, MARIA)
    path = f"{LIST}/{post.page.id}/klart"
    fields = maria.fields(LIST, path)

    assert [maria.post(path, fields).status_code for _ in range(2)] == [303, 303]
    assert "Allt har kommit fram, eller är avprickat." in maria.get(LIST).text


def test_a_message_that_is_not_there_is_no_page(post: Post) -> None:
    refused(post)
    maria = Desk(post.house, MARIA)
    fields = maria.fields(LIST, f"{LIST}/{post.page.id}/igen")

    assert maria.post(f"{LIST}/{'0' * 32}/igen", fields).status_code == 404
    assert maria.post(f"{LIST}/x/klart", fields).status_code == 404
    assert maria.get(f"{LIST}?efter=x").status_code == 404


def test_only_a_lead_is_let_in(post: Post) -> None:
    assert Desk(post.house, SAMIR).get(LIST).status_code == 403


def test_the_operation_page_says_what_waits_and_what_went_wrong(post: Post) -> None:
    refused(post)
    page = Desk(post.house, MARIA).get(OPERATIONS).text

    assert "Kom inte fram" in page
    assert f'href="{LIST}"' in page
    assert "Sms eller e-post blir liggande." not in page


def test_a_way_out_that_is_not_connected_is_said_loudly(post: Post) -> None:
    post.sms.connected = False
    page = Desk(post.house, MARIA).get(OPERATIONS).text
    assert "Inget skickas med sms." in page
    assert "Jourtelefonen får inget sms när en akut anmälan kommer in." in page

    post.sms.connected, post.email.connected = True, False
    page = Desk(post.house, MARIA).get(OPERATIONS).text
    assert "Inget skickas med e-post." in page
    assert "Jourtelefonen får inget sms" not in page


def test_what_should_have_left_a_quarter_of_an_hour_ago_is_said_loudly(post: Post) -> None:
    post.sms.always = NotTaken("down")
    post.report(acute=True)
    post.ring()
    post.clock.advance(timedelta(minutes=16))

    assert "Sms eller e-post blir liggande." in Desk(post.house, MARIA).get(OPERATIONS).text


def test_every_channel_template_and_reason_has_words() -> None:
    assert set(message_pages.CHANNELS) == set(Channel)
    assert set(message_pages.TEMPLATES) == set(Template)
    assert set(message_pages.REASONS) == set(Reason)
