"""What an application begins with, what comes with it, and what happens when the form or the place is closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from functions.applications.main import app
from shared.adapters.family_file import FamilyFile
from shared.app import House, use
from shared.domain.household import Household
from shared.domain.ids import DraftId
from shared.domain.principals import Principal
from shared.domain.queries import ATTACHMENTS_OF
from shared.domain.register import Protection
from shared.formkit import declared as forms
from shared.formkit.definition import Form
from shared.ports.register import RegisterUnavailable
from shared.records.drafts import applicant
from shared.settings import Stage
from tests.applications import ANSWERS, SARA, case_of, draft_of
from tests.functions.applicant_browser import APPLIES_ON, START, Applicant, answers, at
from tests.functions.browser import Browser
from tests.functions.staff_browser import Desk
from tests.functions.staff_browser import at as at_case
from tests.houses import HandClock, demo_house

KARIN = "198004262385"
"""Has two children in the practice register."""
PAPER = b"PK\x03\x04 ett kontoutdrag, packat"


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house(clock=HandClock(APPLIES_ON))) as opened:
        yield opened


class WithNumber(Applicant):
    """Somebody whose login told the number."""

    def __init__(self, house: House, number: str) -> None:
        self._number = number
        super().__init__(house)

    def log_in(self, who: Principal) -> None:
        token = self.house.sessions.start(who, number=self._number)
        self.pages.set_cookie("session", token, domain="localhost")


# ── What is known ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_register_says_is_there_with_its_source_and_the_name_is_the_logins(house: House) -> None:
    karin = WithNumber(house, KARIN)
    draft = karin.begin()
    kept = answers(house, draft)

    assert kept["applicant_name"] == SARA.name
    assert len(kept["children"]) == 2  # type: ignore[arg-type]
    assert "Hämtat från folkbokföringen." in karin.get(f"{at(draft)}/du").text


def test_the_address_stands_in_lines_as_on_an_envelope_and_stays_what_the_register_said(house: House) -> None:
    karin = WithNumber(house, KARIN)
    draft = karin.begin()
    fields = karin.fields(f"{at(draft)}/du")

    assert fields["applicant_address"] == ["Storgatan 12 lgh 1101\n999 01 Exempelstad"]
    posted = {**fields, "applicant_address": "Storgatan 12 lgh 1101\r\n999 01 Exempelstad\r\n"}
    assert (
        karin.post(f"{at(draft)}/du", {**posted, "applicant_phone": "031-390 06 05", "interpreter": "no"}).status_code
        == 303
    )
    assert "Hämtat från folkbokföringen." in karin.get(f"{at(draft)}/du").text


class Silent:
    """A register that does not answer."""

    source = FamilyFile().source

    def household(self, number: str) -> Household | None:
        raise RegisterUnavailable

    def family(self, number: str) -> None:
        raise RegisterUnavailable


class Protecting(Silent):
    """A register in which one child of the household is protected."""

    def household(self, number: str) -> Household | None:
        found = FamilyFile().household(number)
        assert found is not None
        child = found.person.wards[0]
        people = {**found.people, child: replace(found.people[child], protection=Protection.SEKRETESSMARKERING)}
        return replace(found, people=people)


@pytest.mark.parametrize("register", [Silent(), Protecting()], ids=["silent", "protected"])
def test_a_silent_register_and_a_protected_child_stop_nobody_and_tell_nothing(house: House, register: Silent) -> None:
    vars(house)["register"] = register
    karin = WithNumber(house, KARIN)
    draft = karin.begin()
    kept = answers(house, draft)

    assert kept == {"applicant_name": SARA.name}
    assert "folkbokföringen" not in karin.get(f"{at(draft)}/du").text


def test_the_number_stands_in_the_case_and_in_no_draft(house: House) -> None:
    karin = WithNumber(house, KARIN)
    draft = draft_of(house, SARA, dict(ANSWERS))
    receipt = karin.send(draft.id).headers["Location"].rpartition("/")[2]
    anna = Desk(house)

    assert anna.case(case_of(house, receipt)).person.number == KARIN
    assert KARIN not in str(draft.answers)


# ── Papers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_papers_come_with_a_form_are_taken_away_again_and_reach_the_case(house: House) -> None:
    sara = Applicant(house)
    draft = draft_of(house, SARA, dict(ANSWERS)).id
    page, action = f"{at(draft)}/bilagor", f"{at(draft)}/bilagor/filer"
    for name in ("konto.zip", "fel.zip"):
        form = {**sara.fields(page, action), "filer": (BytesIO(PAPER + name.encode()), name), "ladda": "ja"}
        form.pop("ta-bort", None)
        assert sara.post(action, form).status_code == 303
    shown = sara.get(page).text
    (gone,) = [one["id"] for one in answers(house, draft)["attachments"] if one["name"] == "fel.zip"]  # type: ignore[attr-defined]
    fields = {**sara.fields(page, action), "ta-bort": gone}
    fields.pop("filer", None)
    assert sara.post(action, fields).status_code == 303
    receipt = sara.send(draft).headers["Location"].rpartition("/")[2]
    case = case_of(house, receipt)

    assert "konto.zip" in shown
    assert len(house.store.query(ATTACHMENTS_OF, {"holder": case}, limit=5).documents) == 1
    assert "konto.zip" in Desk(house).get(f"{at_case(case)}/ansokan").text
    assert "konto.zip" in sara.get(f"/ansok/kvitto/{receipt}/innehall").text


# ── Closed ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def changed(monkeypatch: pytest.MonkeyPatch, **how: object) -> None:
    """From now on the form is another."""
    form = forms.declared("financial_assistance")
    assert form is not None
    other: Form = replace(form, **how)  # type: ignore[arg-type]
    monkeypatch.setattr(forms, "declared", lambda _id: other)
    monkeypatch.setattr(forms, "applications", lambda: (other,))


def test_a_form_that_closed_meanwhile_is_told_kindly_and_nothing_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara = Applicant(house)
    draft = draft_of(house, SARA, dict(ANSWERS)).id
    form, send = sara.fields(f"{at(draft)}/hittills"), sara.check(draft)
    changed(monkeypatch, valid_to=date(2026, 11, 27))
    typed = sara.post(
        f"{at(draft)}/hittills", {**form, "livelihood_description": "Jag har också sålt min gamla cykel."}
    )

    assert typed.status_code == 409
    assert "Den här ansökan går inte att skicka längre" in typed.text
    assert "Jag har också sålt min gamla cykel." in typed.text
    assert "Hos en vän." in typed.text
    assert sara.post(f"{at(draft)}/skicka", send).status_code == 409
    assert sara.get(f"{at(draft)}/delar").status_code == 200
    assert house.drafts.find(DraftId(draft), applicant(SARA)) is not None
    assert not house.applicants.own(SARA).applications
    assert sara.get(START).status_code == 404


def test_a_new_version_of_the_form_is_looked_through_before_it_is_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara = Applicant(house)
    draft = draft_of(house, SARA, dict(ANSWERS)).id
    send = sara.check(draft)
    changed(monkeypatch, version=2)
    led = sara.post(f"{at(draft)}/skicka", send).headers["Location"]

    assert "Frågorna har ändrats sedan du började." in sara.get(led).text
    assert not house.applicants.own(SARA).applications
    assert sara.send(draft).headers["Location"].startswith("/ansok/kvitto/")


def test_outside_stage_demo_people_apply_just_as_well(house: House) -> None:
    house.settings = replace(house.settings, stage=Stage.PRODUCTION)
    nobody = Browser(app, house, None)

    assert [nobody.get(page).status_code for page in ("/ansok", START)] == [200, 200]
    assert nobody.get("/ansok/mina").headers["Location"].startswith("/logga-in")
