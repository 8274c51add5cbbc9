"""A decision of Sara's, and her appeal of it, by the product's own desks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.appealing import Appealed
from shared.domain.assessments import Answer as Stated
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.cases import Case
from shared.domain.ids import CaseId, DraftId, ItemId, StaffId
from shared.domain.principals import Principal
from shared.formkit.declared import declared
from shared.formkit.definition import Answer
from shared.formkit.snapshot import record
from shared.formkit.submission import called_for
from shared.records.case_rows import read_case
from shared.records.drafts import APPLICATION, Draft, applicant
from tests.applications import SARA, applied, case_of, send, story
from tests.people import ANNA, MONDAY
from tests.records.flow_people import Deed
from tests.records.reports import Forms

CHANGE: Final = "Jag vill få hela hyran för december."


def decided(
    house: House,
    outcome: AssistanceOutcome = AssistanceOutcome.REFUSED,
    by: Principal = SARA,
    *,
    told: str = "En vän.",
    unnamed: bool = False,
) -> tuple[CaseId, ItemId]:
    """A case that Anna has decided, named in it or not, and the decision."""
    case = case_of(house, send(house, replace(applied(), snapshot=story(told), contact={}), by).result)
    forms = Forms(ANNA)
    house.caseworker.take(ANNA, case, forms.new())
    house.caseworker.review(ANNA, case, forms.new())
    said = Deed("determine", "anna", determined=outcome).assistance
    if unnamed:
        said = replace(said, name_stands=Stated.NO, name_reason="Hot.")
    house.application_decisions.decide(ANNA, case, said, who=anna(house), submission=forms.new(), draft=None)
    return case, ItemId(str(stored(house, case).decision))


def anna(house: House) -> Any:
    """Anna as the directory has her."""
    return house.municipality.staff[StaffId("anna.exempel")]


def stored(house: House, case: CaseId) -> Case:
    """The case as it stands."""
    document = house.store.get("cases", case)
    assert document is not None
    house._vault.ring.load([str(document.fields["key"])])  # type: ignore[list-item]
    return read_case(document, house._vault.sealing)


def appeal(change: str = CHANGE) -> Appealed:
    """What the appeal says."""
    form = declared("appeal")
    assert form is not None
    return Appealed(form.id, record(form, called_for(form, _answers(change)), "sv", MONDAY), {})


def draft_of(house: House, decision: str, by: Principal = SARA, change: str = CHANGE) -> Draft:
    """A saved draft of an appeal."""
    return house.drafts.begin(
        APPLICATION,
        DraftId(fresh()),
        applicant(by),
        form="appeal",
        version="1",
        answers=_answers(change),
        about=decision,
    )


def send_appeal(house: House, decision: ItemId, by: Principal = SARA, draft: Draft | None = None) -> str:
    """The appeal is sent; its id."""
    return house.appellants.send(by, appeal(), decision, draft or draft_of(house, decision, by)).result


def opened(house: House, who: Principal = SARA) -> None:
    """The party opens the newest letter: from now on the three weeks run."""
    house.inbox.receive(who, house.inbox.page(who).letters[0].id)


def by_anna(house: House, **content: Any) -> dict[str, Any]:
    """What goes with an act of Anna's."""
    return {"who": anna(house), "submission": Forms(ANNA).new(**content)}


def _answers(change: str) -> Mapping[str, Answer]:
    return {"change": change, "decision": "Beslut"}
