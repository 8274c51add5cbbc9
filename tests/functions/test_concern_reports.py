"""Writing a report: what a counsellor meets on the way, and what nobody else gets to see."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.concern_reports.report_form import report_form
from shared.app import House, use
from shared.domain.principals import Principal
from tests.functions.reporter_browser import Reporter
from tests.houses import HandClock, demo_house
from tests.people import ANNA, CIA, ELSA, reporter

COLLEAGUE = reporter("Farida Exempel", "f" * 32)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


# ── Before logging in ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_anybody_may_read_what_a_report_is_and_whom_to_call(house: House) -> None:
    nobody = Reporter(house, None)

    assert "Logga in och börja" in nobody.get("/anmal").text
    assert all(number in nobody.get("/anmal/fara").text for number in ('href="tel:112"', 'href="tel:+46313900612"'))


def test_everything_else_asks_for_a_login_and_leads_back(house: House) -> None:
    answer = Reporter(house, None).get("/anmal/mina")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/logga-in?next=/anmal/mina")


def test_staff_have_no_business_here(house: House) -> None:
    assert Reporter(house, ANNA).get("/anmal/mina").status_code == 403


def test_in_the_evening_the_start_says_when_it_is_read_and_whom_to_call(house: House, clock: HandClock) -> None:
    assert "Nu har vi stängt" not in Reporter(house, None).get("/anmal").text

    clock.advance(timedelta(days=4, hours=9))  # Friday at 19.00

    page = Reporter(house, None).get("/anmal").text
    assert "Det du skickar läses måndag 9\N{NO-BREAK SPACE}november" in page


# ── A draft ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_draft_knows_what_the_login_has_proved(elsa: Reporter) -> None:
    page = elsa.get(f"/anmal/utkast/{elsa.begin()}/du").text

    assert "Elsa Exempel" in page
    assert 'value="Exempelskolan"' in page
    assert '<option value="school_preschool" selected>' in page


def test_pressing_begin_twice_makes_one_draft(elsa: Reporter) -> None:
    fields = elsa.fields("/anmal", "/anmal/utkast")

    first, second = elsa.post("/anmal/utkast", fields), elsa.post("/anmal/utkast", fields)

    assert first.headers["Location"] == second.headers["Location"]


def test_the_begin_of_a_report_that_was_sent_starts_another_one(elsa: Reporter) -> None:
    fields = elsa.fields("/anmal", "/anmal/utkast")
    draft = elsa.draft_in(elsa.post("/anmal/utkast", fields))
    elsa.answer(draft, "vem", child_given_name="Kim")
    elsa.answer(draft, "beskriv", concern_description="Kim vill inte gå hem.")
    elsa.send(draft)

    assert elsa.draft_in(elsa.post("/anmal/utkast", fields)) != draft


def test_every_question_can_be_asked_and_skipped(elsa: Reporter) -> None:
    draft, seen = elsa.begin(), []
    path = f"/anmal/utkast/{draft}/nu"
    while "/kontrollera" not in path:
        seen.append(path.rpartition("/")[2])
        needed = {"child_area": "Skolan", "child_description": "Röd jacka"} if seen[-1] == "hitta" else {}
        needed |= {"concern_description": "Blåmärken."} if seen[-1] == "beskriv" else {}
        path = elsa.answer(draft, seen[-1], **needed).headers["Location"]

    assert seen == [step.slug for step in report_form().steps if step.slug != "ring"]


def test_what_is_answered_is_there_after_reload_and_a_new_login(elsa: Reporter, house: House) -> None:
    draft = elsa.begin()
    elsa.answer(draft, "vem", child_given_name="Kim")

    assert 'value="Kim"' in elsa.get(f"/anmal/utkast/{draft}/vem").text
    assert 'value="Kim"' in Reporter(house).get(f"/anmal/utkast/{draft}/vem").text


def test_a_draft_is_taken_up_after_the_last_answer(elsa: Reporter) -> None:
    draft = elsa.begin()
    elsa.answer(draft, "vem", child_given_name="Kim")

    assert elsa.get(f"/anmal/utkast/{draft}").headers["Location"] == f"/anmal/utkast/{draft}/hemma"


def test_wrong_input_is_shown_again_with_words_and_what_was_right_is_saved(elsa: Reporter) -> None:
    draft = elsa.begin()

    answer = elsa.answer(draft, "vem", child_given_name="Kim", child_person_id="12345")

    assert answer.status_code == 422
    assert "<title>Fel: Barnet" in answer.text
    assert 'href="#child_person_id"' in answer.text
    assert 'value="12345"' in answer.text
    assert 'value="Kim"' in elsa.get(f"/anmal/utkast/{draft}/vem").text


@pytest.mark.parametrize(
    ("parts", "target"),
    [
        ({"day": "31", "year": "2015"}, "child_birth_date-date-month"),
        ({"month": "3", "year": "2015"}, "child_birth_date"),
    ],
)
def test_the_link_of_a_problem_leads_to_an_input_of_the_page(
    elsa: Reporter, parts: dict[str, str], target: str
) -> None:
    dated = {f"child_birth_date-{name}": value for name, value in parts.items()}

    page = elsa.answer(elsa.begin(), "vem", **dated).text

    assert f'href="#{target}"' in page
    assert f'id="{target}"' in page


def test_save_and_continue_later_tells_until_when(elsa: Reporter) -> None:
    draft = elsa.begin()

    answer = elsa.answer(draft, "beskriv", later="yes")

    assert answer.headers["Location"] == f"/anmal/utkast/{draft}/sparat"
    assert "till och med söndag 8\N{NO-BREAK SPACE}november" in elsa.get(answer.headers["Location"]).text


def test_a_guardian_is_added_and_removed_without_script(elsa: Reporter) -> None:
    draft, path = elsa.begin(), "vuxna"
    elsa.answer(draft, path, **{"guardians-1-name": "Alex Exempel"}, add="guardians")
    page = elsa.get(f"/anmal/utkast/{draft}/vuxna").text
    assert 'name="guardians-2-name"' in page

    elsa.answer(draft, path, **{"guardians-1-name": "Alex Exempel"}, remove="guardians-1")

    assert "Alex Exempel" not in elsa.get(f"/anmal/utkast/{draft}/vuxna").text


def test_enter_in_a_field_goes_on_and_never_removes_anything(elsa: Reporter) -> None:
    draft = elsa.begin()
    elsa.answer(draft, "vuxna", **{"guardians-1-name": "Alex Exempel"}, add="guardians")

    form = elsa.get(f"/anmal/utkast/{draft}/vuxna").text.partition(f'action="/anmal/utkast/{draft}/vuxna"')[2]

    assert form.index("Fortsätt</button>") < form.index('name="remove"')


def test_acute_danger_leads_to_the_phone_numbers_and_then_on(elsa: Reporter) -> None:
    draft = elsa.begin()

    answer = elsa.answer(draft, "nu", acute_now="yes")

    assert answer.headers["Location"] == f"/anmal/utkast/{draft}/fara"
    page = elsa.get(answer.headers["Location"]).text
    assert 'href="tel:112"' in page
    assert f'href="/anmal/utkast/{draft}/ring"' in page


def test_a_hidden_question_leads_on_to_the_next_that_is_asked(elsa: Reporter) -> None:
    draft = elsa.begin()

    assert elsa.get(f"/anmal/utkast/{draft}/ring").headers["Location"] == f"/anmal/utkast/{draft}/du"


def test_a_change_from_the_check_page_leads_back_to_it(elsa: Reporter) -> None:
    draft = elsa.write()

    answer = elsa.answer(draft, "vem", "?till=kontrollera", child_given_name="Kim")

    assert answer.headers["Location"] == f"/anmal/utkast/{draft}/kontrollera"


def test_two_pages_of_one_draft_saved_at_once_are_both_kept(elsa: Reporter) -> None:
    draft = elsa.begin()
    child, worry = (elsa.fields(path, path) for path in (f"/anmal/utkast/{draft}/{one}" for one in ("vem", "beskriv")))

    elsa.post(f"/anmal/utkast/{draft}/vem", {**child, "child_given_name": "Kim"})
    elsa.post(f"/anmal/utkast/{draft}/beskriv", {**worry, "concern_description": "Blåmärken."})

    page = elsa.get(f"/anmal/utkast/{draft}/kontrollera").text
    assert "Kim" in page
    assert "Blåmärken." in page


def test_a_draft_is_removed_only_after_a_question(elsa: Reporter) -> None:
    draft = elsa.write()
    path = f"/anmal/utkast/{draft}/ta-bort"
    assert elsa.get(path).status_code == 200
    assert elsa.get(f"/anmal/utkast/{draft}/vem").status_code == 200

    elsa.post(path, elsa.fields(path))

    assert elsa.get(f"/anmal/utkast/{draft}/vem").status_code == 404


# ── Whose draft ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", [CIA, COLLEAGUE])
@pytest.mark.parametrize("page", ["", "/vem", "/kontrollera", "/sparat", "/fara", "/ta-bort"])
def test_nobody_else_sees_a_draft(elsa: Reporter, house: House, who: Principal, page: str) -> None:
    assert Reporter(house, who).get(f"/anmal/utkast/{elsa.write()}{page}").status_code == 404


@pytest.mark.parametrize("page", ["/vem", "/skicka", "/ta-bort"])
def test_nobody_else_writes_sends_or_removes_it(elsa: Reporter, house: House, page: str) -> None:
    draft, cia = elsa.write(), Reporter(house, CIA)
    own = cia.fields("/anmal", "/anmal/utkast")

    answer = cia.post(f"/anmal/utkast/{draft}{page}", {"csrf_token": own["csrf_token"]})

    assert answer.status_code == 404
    assert "Kim" in elsa.get(f"/anmal/utkast/{draft}/vem").text


@pytest.mark.parametrize("id", ["0" * 32, "..", "%2e%2e%2fcases", "Å" * 32, "a" * 4000])
def test_a_draft_that_is_not_there_is_not_found(elsa: Reporter, id: str) -> None:
    assert elsa.get(f"/anmal/utkast/{id}/vem").status_code == 404


def test_a_question_that_is_not_there_is_not_found(elsa: Reporter) -> None:
    assert elsa.get(f"/anmal/utkast/{elsa.begin()}/finns-inte").status_code == 404


def test_a_draft_is_gone_after_a_week_untouched(elsa: Reporter, house: House, clock: HandClock) -> None:
    draft = elsa.write()
    clock.advance(timedelta(days=7))

    assert Reporter(house, ELSA).get(f"/anmal/utkast/{draft}/vem").status_code == 404
    assert "Utkast" not in Reporter(house, ELSA).get("/anmal/mina").text.partition("<h1")[2].partition("</main>")[0]


# ── What a page costs ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answered_page_and_the_next_cost_at_most_two_writes_and_four_reads(elsa: Reporter, house: House) -> None:
    draft = elsa.begin()
    path = f"/anmal/utkast/{draft}/vem"
    fields = {**elsa.fields(path, path), "child_given_name": "Kim"}
    house.store.clear()  # type: ignore[attr-defined]

    elsa.get(elsa.post(path, fields).headers["Location"])

    cost = house.store.cost(without={"sessions", "day_keys"})  # type: ignore[attr-defined]
    assert cost.writes <= 2
    assert cost.reads <= 4


def test_a_phone_number_in_a_hint_can_be_tapped_and_is_never_broken_in_two(elsa: Reporter) -> None:
    page = elsa.get(f"/anmal/utkast/{elsa.begin()}/trygghet").text

    number = "031-\N{WORD JOINER}390\N{NO-BREAK SPACE}06\N{NO-BREAK SPACE}01"
    assert 'ring oss nu på <a class="govuk-link" href="tel:+46313900601">' in page
    assert f">{number}</bdi></a>" in page
