"""Cases whose reporter did not ask for feedback in the report, on every keeper, and what is done about them."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House
from shared.app.foundations import fresh
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, ItemId, SubmissionId
from shared.domain.notices import NoticeKind
from shared.domain.principals import Principal
from shared.domain.queries import CASE_TIMELINE
from shared.domain.reports import AskedHow, Report
from shared.ports.store import Store
from shared.records import trail
from shared.records.submissions import Sent, Submission
from tests.cases import PROTECTION, filed, preliminary_form
from tests.people import ANNA, ELSA, MARIA, staff
from tests.records.reports import Forms, case_of, file_report

UNASKED: Final = filed(feedback=False)
GONE: Final = replace(staff("ali", *ANNA.roles))
"""Works here today, and is not in the directory when anybody looks."""


def store_of(request: pytest.FixtureRequest, folder: Path) -> Store:
    if request.param == "firestore":
        emulator = request.getfixturevalue("emulator")
        return FirestoreStore(emulator.database(str(folder)), patience=60, try_s=20)
    store = SqliteStore(folder / "store.db") if request.param == "disk" else MemoryStore()
    request.addfinalizer(store.close)
    return store


def reported(house: House, by: Principal = ANNA, source: str = "school_preschool") -> tuple[ItemId, CaseId]:
    """A report whose reporter did not ask for feedback; `by` has its case."""
    report = file_report(house, replace(UNASKED, source=source)).result
    case = case_of(house, report)
    house.caseworker.take(by, case, Forms(by).new())
    house.caseworker.assess(by, case, PROTECTION, Forms(by).new(), None)
    return ItemId(report), case


def decide(house: House, case: CaseId, by: Principal = ANNA, outcome: Outcome = Outcome.NOT_OPEN) -> None:
    form = preliminary_form(outcome)
    house.caseworker.decide(by, case, form, title="socialsekreterare", submission=Forms(by).new(), draft=None)


def decided(house: House, by: Principal = ANNA, outcome: Outcome = Outcome.NOT_OPEN) -> tuple[ItemId, CaseId]:
    report, case = reported(house, by)
    decide(house, case, by, outcome)
    return report, case


def once(by: Principal = ELSA) -> Submission:
    return Submission(str(by.staff or by.person), SubmissionId(fresh()), {"ask": True})


def ask(house: House, report: ItemId, by: Principal = ELSA) -> Sent:
    return house.feedback_requests.ask(by, report, once(by))


def note(house: House, case: CaseId, by: Principal = ANNA, how: AskedHow = AskedHow.PHONE) -> Sent:
    return house.feedback_requests.note(by, case, local_date(house.clock.now()), how, once(by))


def release(house: House, case: CaseId, by: Principal = ANNA) -> Sent:
    return house.caseworker.release(by, case, withhold=False, submission=once(by))


def stands(house: House, case: CaseId) -> Case:
    found = house.files.case(MARIA, case)
    assert found is not None
    return found


def own(house: House, report: ItemId) -> Report:
    receipt = house.reporting.receipt(ELSA, report)
    assert receipt is not None
    return receipt.report


def done(house: House, case: CaseId) -> list[str]:
    """What has been done in the case, oldest first; its chain is whole."""
    document = house.store.get("cases", case)
    assert document is not None
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=50).documents[::-1]
    assert trail.verify(entries, str(document.fields["audit_head"]))
    return [str(one.fields["action"]) for one in entries]


def told(house: House, who: Principal) -> int:
    """How often the person was told that somebody asks."""
    return sum(one.kind is NoticeKind.FEEDBACK_REQUESTED for one in house.notices.newest(who))
