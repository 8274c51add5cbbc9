"""What goes to the court, ready for the typst template: the decision, the appeal, what was added, and a list of files.

In Swedish: it is the court that reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from shared.domain.appeal_items import Appeal, AppealRuling, RulingKind
from shared.domain.appeal_letters import court
from shared.domain.calendar import local_date
from shared.domain.decision_paper import SENTENCES
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.municipality import Municipality
from shared.domain.naming import in_decision, instead
from shared.domain.numbers import identity_number
from shared.formkit.apart import together
from shared.records.appeal_cases import CaseAppeals
from shared.serving.papers import on_paper
from shared.web.words import day, moment

_SWEDISH: Final = "sv"


def content(
    opened: CaseAppeals, files: Sequence[Mapping[str, Any]], municipality: Municipality
) -> Mapping[str, object]:
    """The content of the PDF. `files` are those of the case as its pages list them."""
    case = opened.case
    first = opened.appeals[0] if opened.appeals else None
    unit = municipality.units.get(case.unit, municipality.intake)
    return {
        "language": _SWEDISH,
        "municipality": municipality.name,
        "title": "Överlämnande av överklagande",
        "reference": case.reference,
        "facts": [
            {"term": "Till", "value": court(municipality)},
            {"term": "Från", "value": f"Socialnämnden, {unit.name}, {unit.phone}"},
            {
                "term": "Klagande",
                "value": ", ".join(filter(None, (case.person.name, identity_number(case.person.number)))),
            },
            {"term": "Ärende", "value": case.reference},
            {"term": "Överklagandet kom in", "value": moment(first.received_at, _SWEDISH) if first else ""},
        ],
        "next_title": "Handlingar",
        "next": list(_documents(opened, files)),
        "call_title": "Rättidsprövning och omprövning",
        "call": [*_rulings(opened.rulings)] or ["Är inte gjord än."],
        "care": "Handlingarna omfattas av sekretess (26 kap. 1 § offentlighets- och sekretesslagen (2009:400)).",
        "sent_title": "Beslutet och överklagandet",
        "sections": [*_decisions(opened, municipality), *_appeals(opened)],
        "unanswered": "Frågor utan svar visas inte.",
        "page": "Sida",
        "of": "av",
    }


def _documents(opened: CaseAppeals, files: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"Beslutet {_on(opened.decision.decided_at)}, i original med elektronisk stämpel (egen fil)"
    if opened.now.id != opened.decision.id:
        yield f"{_other(opened)} {_on(opened.now.decided_at)}, i original med elektronisk stämpel (egen fil)"
    yield f"Ansökan som kom in {moment(opened.case.opened_at, _SWEDISH)} (egen utskrift)"
    for one in (*opened.appeals, *opened.earlier):
        yield f"{_kind(one, opened)} som kom in {moment(one.received_at, _SWEDISH)}"
    own = {id: one for one in (*opened.appeals, *opened.earlier) for id in one.files}
    for file in files:
        kind = _attached_to(own.get(file["id"]))
        yield f"{kind}: {file['name']}, {file['size']}" + (" (stoppad, skickas inte)" if file["stopped"] else "")


def _attached_to(one: Appeal | None) -> str:
    if one is None:
        return "Bilaga till ansökan"
    return "Bilaga till tillägget" if one.adds_to else "Bilaga till överklagandet"


def _rulings(rulings: Sequence[AppealRuling]) -> Iterator[str]:
    for one in rulings:
        if one.kind is RulingKind.IN_TIME:
            told = f" Den klagande fick del av beslutet {_day(one.told_on)}, sista dag var {_day(one.last_day)}."
            yield "Överklagandet har kommit in i rätt tid." + (told if one.told_on and one.last_day else "")
        elif one.kind is RulingKind.DISMISSED:
            yield f"Nämnden avvisade överklagandet som för sent {_on(one.at)}."
        elif one.kind is RulingKind.LIFTED:
            yield f"Nämnden har hävt avvisningen {_on(one.at)}. Överklagandet räknas som i rätt tid. {one.reasons}"
        elif one.kind is RulingKind.KEPT:
            yield f"Nämnden ändrar inte beslutet. {one.reasons}"
        elif one.kind is RulingKind.CHANGED:
            yield f"Nämnden har ändrat beslutet {_on(one.at)} (38 § förvaltningslagen). Se det nya beslutet."


def _decisions(opened: CaseAppeals, municipality: Municipality) -> Iterator[Mapping[str, object]]:
    yield _decision("Det överklagade beslutet", opened.decision, opened, municipality)
    if opened.now.id != opened.decision.id:
        yield _decision(_other(opened), opened.now.decided, opened, municipality)


def _decision(
    heading: str, decision: Decision, opened: CaseAppeals, municipality: Municipality
) -> Mapping[str, object]:
    unit = municipality.units.get(opened.case.unit, municipality.intake)
    unnamed = instead(in_decision(decision), decision.title, unit.name)
    found = municipality.staff.get(decision.by) or municipality.former.get(decision.by)
    by = ", ".join(unnamed) if unnamed else f"{found.name if found else decision.by}, {decision.title}"
    rows = (
        ("Beslut", SENTENCES[decision.kind]), *decision.details, ("Datum", _on(decision.decided_at)),
        ("Lagrum", decision.lagrum), ("Beslutat av", by), ("Motivering", decision.motivation),
    )  # fmt: skip
    return {"heading": heading, "rows": [{"label": term, "lines": said.split("\n"), "rows": []} for term, said in rows]}


def _other(opened: CaseAppeals) -> str:
    """What the decision is that stands beside the one that is appealed."""
    dismissed = opened.decision.kind is DecisionKind.APPEAL_DISMISSED
    return "Beslutet om ansökan" if dismissed else "Det nya beslutet"


def _appeals(opened: CaseAppeals) -> Iterator[Mapping[str, object]]:
    for one in (*opened.appeals, *opened.earlier):
        kind = _kind(one, opened)
        for section in () if one.withdraws else on_paper(together(one.snapshot, one.contact)):
            yield {**section, "heading": f"{kind} {moment(one.received_at, _SWEDISH)}: {section['heading']}"}


def _kind(one: Appeal, opened: CaseAppeals) -> str:
    kind = "Återkallelse" if one.withdraws else "Tillägg" if one.adds_to else "Överklagande"
    return f"Tidigare {kind.lower()}" if one in opened.earlier else kind


def _on(at: Any) -> str:
    return day(local_date(at), _SWEDISH)


def _day(when: date | None) -> str:
    return "" if when is None else day(when, _SWEDISH)
