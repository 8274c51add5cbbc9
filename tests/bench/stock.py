"""What the jobs work on: reports ready to be sent and cases ready to be decided, made by the product's own rooms."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from functions.concern_reports.filing import filed
from functions.concern_reports.report_form import report_form
from shared.app import House
from shared.app.foundations import fresh
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId, DraftId, ItemId, PersonIndex, StaffId, SubmissionId
from shared.domain.notes import NoteForm, NoteKind, Source, Weight
from shared.domain.principals import Kind, Principal
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, ReviewCheck
from shared.formkit.check import check_step
from shared.formkit.definition import Answer
from shared.formkit.prefill import initial
from shared.records.drafts import REPORT, STAFF_FORM, Draft, note_draft, report_owner, staff_form_id
from shared.records.submissions import Submission
from shared.settings import ROOT
from tests.applications import draft_of, send
from tests.cases import PROTECTION
from tests.people import ANNA, ELSA

USUAL: Final = frozenset({"du", "kontakt", "vem", "skola", "vad", "beskriv", "trygghet", "vet", "sedan"})
"""The pages that a school usually answers, of about twenty."""
SAMPLE: Final = ROOT / "tests" / "formkit" / "samples" / "concern_report_professional.toml"
_ELSAS_NUMBER: Final = "197909212388"
_KARINS_NUMBER: Final = "198004262385"
_NOTE: Final = "Karin berättar att hon har ordnat frukost på fritids från måndag. " * 8
_DECISION: Final = {
    "child_heard": "yes",
    "child_view": "Jag vill bo kvar hemma men inte vara ensam på kvällarna.",
    "best_interests": "Att stödet hemma får fortsätta.",
    "outcome": "inleda",
    "motivation": "Det som skolan berättar behöver utredas, och vårdnadshavarna har inte nåtts. " * 8,
}


def elsa(house: House) -> Principal:
    """The school counsellor as her login proves her."""
    return replace(ELSA, person=PersonIndex(house.cipher.index("person", _ELSAS_NUMBER)))


def anna(house: House) -> Principal:
    """The caseworker as the municipality's file knows her."""
    known = house.municipality.staff[StaffId("anna.exempel")]
    return replace(ANNA, staff=known.id, unit=known.unit, roles=known.roles, socionom=known.socionom)


def karin(house: House) -> Principal:
    """Somebody whose own file it is, as her login proves her."""
    return Principal(Kind.RESIDENT, person=PersonIndex(house.cipher.index("person", _KARINS_NUMBER)), assurance=3)


def released(house: House, count: int) -> list[str]:
    """So many notes of one case of Karin's, all released to her; their ids."""
    case = karins_case(house)
    return [_released(house, case, number) for number in range(count)]


def matters(house: House, count: int) -> list[str]:
    """So many applications of Karin's, and as many drafts as a page shows; the receipts' ids."""
    who = karin(house)
    for _ in range(5):
        draft_of(house, who)
    return [send(house, by=who).result for _ in range(count)]


def karins_case(house: House) -> CaseId:
    """A case about Karin that Anna has."""
    reporter, caseworker = elsa(house), anna(house)
    about: Mapping[str, Answer] = {
        "child_given_name": "Karin",
        "child_person_id": {"type": "personnummer", "value": _KARINS_NUMBER},
    }
    draft = _draft(house, reporter, 0, USUAL, about)
    what = filed(report_form(), draft.answers, "sv", house.clock.now())
    id = _case_of(house, house.reporting.file(reporter, what, house.municipality.intake.id, draft).result)
    house.caseworker.take(caseworker, id, _form(caseworker))
    return id


def _released(house: House, case: CaseId, number: int) -> str:
    by = anna(house)
    id, owner = note_draft(case, StaffId(str(by.staff)), "journal_note")
    draft = house.drafts.begin(STAFF_FORM, id, owner, form="journal_note", version="1", answers={}, by=str(by.staff))
    day = local_date(house.clock.now()) - timedelta(days=1 + number % 300)
    form = NoteForm(NoteKind.CALL, day.isoformat(), ("guardian",), Source.TOLD, Weight.FACT, _NOTE)
    note = ItemId(house.journal.sign(by, case, form, title="kurator", submission=_form(by), draft=draft).result)
    said = Considered(Result.RELEASED, frozenset(ReviewCheck), 0)
    house.journal.review(by, case, note, said, seen=0, title="kurator", submission=_form(by))
    return note


def drafts(house: House, count: int) -> list[str]:
    """So many reports as a school usually writes them, about as many children, ready to be sent; their ids."""
    return [_draft(house, elsa(house), number, USUAL).id for number in range(count)]


def whole_drafts(house: House, count: int) -> list[str]:
    """The same with every question answered."""
    return [_draft(house, elsa(house), number, _slugs()).id for number in range(count)]


def cases(house: House, count: int) -> list[str]:
    """So many cases of Anna's, assessed, the decision written and ready to be signed; their ids."""
    return [_case(house, number) for number in range(count)]


def posted_answers(*, whole: bool) -> dict[str, str]:
    """The answers of `drafts` or `whole_drafts` as a browser posts them, one text per input."""
    pages = _sample()["pages"]
    return {name: str(value) for slug in (_slugs() if whole else USUAL) for name, value in pages[slug].items()}


def _draft(
    house: House, by: Principal, number: int, slugs: frozenset[str], about: Mapping[str, Answer] | None = None
) -> Draft:
    form = report_form()
    answers = {
        **_answers(local_date(house.clock.now()), slugs),
        **({"child_person_id": _nobody(number)} if about is None else about),
    }
    id = DraftId(fresh())
    return house.drafts.begin(REPORT, id, report_owner(by), form=form.id, version=str(form.version), answers=answers)


def _nobody(number: int) -> Answer:
    """An identity number that can be nobody's: its control digit is wrong."""
    born = date.fromordinal(date(2014, 1, 1).toordinal() + number % 1000)
    first = f"{born:%Y%m%d}{number // 1000 % 1000:03d}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(first[2:]))
    right = -sum(value // 10 + value % 10 for value in doubled) % 10
    return {"type": "personnummer", "value": f"{first}{(right + 1) % 10}"}


@cache
def _sample() -> Mapping[str, Any]:
    return tomllib.loads(SAMPLE.read_text("utf-8"))


def _slugs() -> frozenset[str]:
    return frozenset(_sample()["pages"])


@cache
def _answers(today: date, slugs: frozenset[str]) -> dict[str, Answer]:
    """The sample's answers to these pages, as they would have been saved."""
    form, sample = report_form(), _sample()
    answers: dict[str, Answer] = initial(form, sample["facts"])
    for step in form.steps:
        page = _posted(sample["pages"][step.slug] if step.slug in slugs else {})
        answers = {**answers, **check_step(form, step, page, answers, today).answers}
    return {**answers, "acute_now": "no", "safe_at_home_today": "yes"}


def _posted(page: dict[str, Any]) -> dict[str, Sequence[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in page.items()}


def _case(house: House, number: int) -> str:
    reporter, caseworker = elsa(house), anna(house)
    draft = _draft(house, reporter, number, USUAL)
    what = filed(report_form(), draft.answers, "sv", house.clock.now())
    sent = house.reporting.file(reporter, what, house.municipality.intake.id, draft)
    id = _case_of(house, sent.result)
    house.caseworker.take(caseworker, id, _form(caseworker))
    house.caseworker.assess(caseworker, id, PROTECTION, _form(caseworker), None)
    house.drafts.begin(
        STAFF_FORM, staff_form_id(id, "preliminary_assessment"), id,
        form="preliminary_assessment", version="1", answers=_DECISION, by=str(caseworker.staff),
    )  # fmt: skip
    return id


def _case_of(house: House, report: str) -> CaseId:
    document = house.store.get("reports", report)
    assert document is not None
    return CaseId(str(document.fields["case"]))


def _form(by: Principal) -> Submission:
    return Submission(str(by.staff), SubmissionId(fresh()), {})
