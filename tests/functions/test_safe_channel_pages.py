"""Så når vi dig: a resident states an address, types the code, sees what is sent and takes it away."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import PersonIndex
from shared.domain.messages import Channel
from shared.domain.safe_channels import Standing
from tests.functions.inbox_browser import RESIDENT, Person
from tests.people import ANNA, ELSA
from tests.records.outgoing_post import Post
from tests.safe_ways import code, with_codes, wrong

HERE = "/sa-nar-vi-dig"
EMAIL, SMS = f"{HERE}/epost", f"{HERE}/mobil"
WARNING = "Har du skyddade personuppgifter, eller läser någon annan din telefon?"
_MINUTE = timedelta(minutes=1)
WORDS = "Du har fått ett meddelande. Logga in på localhost:8080 med e-legitimation."
ADDRESS = "nova.privat@example.com"


@pytest.fixture
def post() -> Iterator[Post]:
    made = with_codes(Post())
    with use(made.house):
        yield made


@pytest.fixture
def house(post: Post) -> House:
    return post.house


@pytest.fixture
def me(house: House) -> Person:
    return Person(house)


def send(person: Person, page: str, action: str = "", /, **answers: object) -> TestResponse:
    """What the form on the page is answered with."""
    return person.post(action or page, {**person.fields(page, action), **answers})


def ask(post: Post, person: Person, path: str = EMAIL, address: str = ADDRESS) -> TestResponse:
    """State an address; the code has left when this returns."""
    answer = send(person, path, address=address, alone="yes")
    post.ring()
    return answer


def standing(house: House, channel: Channel = Channel.EMAIL) -> Standing:
    return house.safe_channels.own(RESIDENT)[channel].standing


def test_from_nothing_to_a_channel_and_back(post: Post, me: Person) -> None:
    assert me.get(HERE).text.count("Inget valt. Vi skickar inget.") == 2
    assert ask(post, me).headers["Location"] == f"{EMAIL}/kod"
    page = me.get(f"{EMAIL}/kod").text
    assert (ADDRESS in page, "De gäller i 15 minuter." in page) == (True, True)
    typed = send(me, f"{EMAIL}/kod", code=code(post))
    assert typed.headers["Location"] == f"{HERE}?klart=valt"
    done = me.get(typed.headers["Location"]).text
    assert ("Det är klart." in done, "n…t@example.com" in done, ADDRESS in done) == (True, True, False)
    away = send(me, HERE, f"{EMAIL}/ta-bort")
    assert "Det är borttaget." in me.get(away.headers["Location"]).text
    assert standing(post.house) is Standing.NONE


def test_a_mobile_number_is_shown_as_it_is_written_at_home(post: Post, me: Person) -> None:
    ask(post, me, SMS, "+46 70 174 06 05")

    assert "070-174 06 05" in me.get(f"{SMS}/kod").text
    send(me, f"{SMS}/kod", code=f"{code(post, Channel.SMS)[:3]} {code(post, Channel.SMS)[3:]}")
    assert standing(post.house, Channel.SMS) is Standing.CONFIRMED


@pytest.mark.parametrize("path", [HERE, EMAIL, SMS])
def test_everybody_is_warned_and_sees_word_for_word_what_is_sent(me: Person, path: str) -> None:
    page = me.get(path).text

    assert (WARNING in page, "Välj inget här. Breven ligger kvar i Meddelanden." in page) == (True, True)
    assert WORDS in page


@pytest.mark.parametrize(
    ("path", "answers", "says"),
    [
        (EMAIL, {"address": "", "alone": "yes"}, "Skriv din e-postadress"),
        (EMAIL, {"address": "nova", "alone": "yes"}, "Skriv din e-postadress"),
        (EMAIL, {"address": ADDRESS}, "Kryssa i att ingen annan läser det här"),
        (EMAIL, {"address": ADDRESS, "alone": "no"}, "Kryssa i att ingen annan läser det här"),
        (SMS, {"address": "031-390 06 13", "alone": "yes"}, "Skriv ett svenskt mobilnummer"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    post: Post, me: Person, path: str, answers: dict[str, object], says: str
) -> None:
    answer = send(me, path, **answers)
    post.ring()

    assert (answer.status_code, says in answer.text, post.messages) == (422, True, [])
    written = answers["address"]
    assert isinstance(written, str)
    assert f'value="{written}"' in answer.text or not written


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_not_counted(post: Post, me: Person, typed: str) -> None:
    ask(post, me)
    answer = send(me, f"{EMAIL}/kod", code=typed)

    assert (answer.status_code, "Skriv de sex siffrorna" in answer.text) == (422, True)
    assert post.house.safe_channels.own(RESIDENT)[Channel.EMAIL].tries == 0


def test_a_wrong_code_is_told_of_and_five_end_it(post: Post, me: Person) -> None:
    ask(post, me)
    said = [send(me, f"{EMAIL}/kod", code=wrong(post, by=n)) for n in range(1, 6)]
    assert {(one.status_code, "Koden stämmer inte." in one.text) for one in said} == {(422, True)}
    over = send(me, f"{EMAIL}/kod", code=code(post))

    assert (over.status_code, "fel fem gånger" in over.text) == (422, True)


def test_the_code_stands_on_no_page(post: Post, me: Person) -> None:
    ask(post, me)
    pages = [me.get(one).text for one in (HERE, EMAIL, f"{EMAIL}/kod")]
    pages.append(send(me, f"{EMAIL}/kod", code=wrong(post)).text)

    assert [code(post) in one for one in pages] == [False] * 4


def test_the_form_posted_twice_sends_one_code_and_confirms_once(post: Post, me: Person) -> None:
    form = {**me.fields(EMAIL), "address": ADDRESS, "alone": "yes"}
    for _ in range(2):
        assert me.post(EMAIL, form).headers["Location"] == f"{EMAIL}/kod"
        post.ring()
    assert len(post.email.taken) == 1

    typed = {**me.fields(f"{EMAIL}/kod"), "code": code(post)}
    said = [me.post(f"{EMAIL}/kod", typed) for _ in range(2)]
    assert [one.headers["Location"] for one in said] == [f"{HERE}?klart=valt", HERE]


def test_a_new_code_comes_after_a_minute_and_three_a_day(post: Post, me: Person) -> None:
    ask(post, me)
    at_once = send(me, f"{EMAIL}/kod", f"{EMAIL}/ny-kod")
    assert (at_once.status_code, "Vi skickade nyss en kod." in at_once.text) == (422, True)
    for _ in range(2):
        post.pass_time(_MINUTE)
        again = send(me, f"{EMAIL}/kod", f"{EMAIL}/ny-kod")
        post.ring()
        assert "En ny kod är på väg." in me.get(again.headers["Location"]).text
    post.pass_time(_MINUTE)
    said = [send(me, f"{EMAIL}/kod", f"{EMAIL}/ny-kod"), send(me, EMAIL, address="x@example.com", alone="yes")]

    assert [(one.status_code, "tre koder i dag" in one.text) for one in said] == [(422, True)] * 2
    assert len(post.email.taken) == 3


def test_who_has_nothing_under_way_is_led_to_what_is_chosen(post: Post, me: Person) -> None:
    assert me.get(f"{EMAIL}/kod").headers["Location"] == HERE
    ask(post, me)
    send(me, f"{EMAIL}/kod", code=code(post))

    assert [me.get(one).headers["Location"] for one in (EMAIL, f"{EMAIL}/kod")] == [HERE, HERE]


def test_somebody_else_sees_and_confirms_nothing_of_mine(post: Post, me: Person) -> None:
    other = Person(post.house, replace(RESIDENT, person=PersonIndex("a" * 32)))
    ask(post, me)
    mine = code(post)
    ask(post, other, address="annan@example.com")
    shown = other.get(HERE).text + other.get(f"{EMAIL}/kod").text

    assert (ADDRESS in shown, "n…t@" in shown) == (False, False)
    assert send(other, f"{EMAIL}/kod", code=mine).status_code == 422
    send(other, f"{EMAIL}/kod", f"{EMAIL}/ta-bort")
    assert standing(post.house) is Standing.ASKED


@pytest.mark.parametrize("who", [ANNA, ELSA])
def test_a_login_for_work_is_told_where_this_is_chosen(house: House, who: object) -> None:
    page = Person(house, who).get(HERE)  # type: ignore[arg-type]

    assert (page.status_code, "Hur vi når dig väljer du privat" in page.text) == (403, True)


def test_an_unknown_way_is_not_found(me: Person) -> None:
    assert me.get(f"{HERE}/brevduva").status_code == 404


def test_the_choice_is_offered_where_the_letters_are_and_its_tab_is_neutral(me: Person) -> None:
    assert f'href="{HERE}"' in me.get("/meddelanden").text
    title = re.search(r"<title>(.*?)</title>", me.get(HERE).text, re.DOTALL)
    assert title is not None
    assert title[1] == "Så når vi dig – Exempelkommun"


def test_in_english_the_message_is_in_english_too(post: Post, me: Person) -> None:
    me.get(f"{HERE}?sprak=en")
    assert "You have a message. Log in at localhost:8080 with your e-ID." in me.get(HERE).text
    ask(post, me)

    assert post.email.taken[-1].text == f"Your code is {code(post)}. It is valid for 15 minutes."
