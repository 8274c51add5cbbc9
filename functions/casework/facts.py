"""The facts in the head of a case: the child as reported, where the case stands and who has it."""

from collections.abc import Mapping
from typing import Final

from functions.casework import words
from shared.app import house
from shared.domain.cases import Case, CaseKind
from shared.domain.numbers import identity_number
from shared.formkit.snapshot import read_snapshot
from shared.records.casefiles import CaseFile
from shared.web import gettext, language, mark
from shared.web.words import moment

_INTERPRETERS: Final = (
    ("interpreter_child", mark("barnet")),
    ("interpreter_guardian", mark("vårdnadshavare")),
)


def person_name(case: Case) -> str:
    """The child as reported or what it is known by, or the name of who applies."""
    unnamed = gettext("Utan känt namn") if case.application else gettext("Barn utan känt namn")
    return case.person.name or case.person.described.partition("\n")[0] or unnamed


def facts(found: CaseFile) -> list[dict[str, str]]:
    """Terms and values, what is not known left out."""
    case = found.case
    received = gettext("Inleddes") if case.kind is CaseKind.UTREDNING else gettext("Kom in")
    rows = {
        gettext("Steg"): gettext(words.STEPS[case.step]),
        gettext("Handläggare"): words.staff_name(case.assignee) or gettext("Ingen än"),
        gettext("Personnummer"): identity_number(case.person.number),
        gettext("Född eller ålder"): "" if case.person.number else _born(case.person.born),
        gettext("Ålder"): words.age(case.age_band),
        gettext("Anmälare"): words.source(case.source) if case.kind is CaseKind.OROSANMALAN else "",
        received: moment(case.opened_at, language(), house().clock.now()),
        gettext("Tolk"): _interpreter(read_snapshot(found.report.snapshot).answers) if found.report else "",
    }
    return [{"term": term, "value": value} for term, value in rows.items() if value]


def _born(reported: str) -> str:
    """The date of birth, or the age as the reporter guessed it."""
    return gettext("ungefär %(years)s år", years=reported) if reported.isdigit() else reported


def _interpreter(answers: Mapping[str, object]) -> str:
    """Who needs an interpreter in which language; empty when nobody was asked."""
    said = {name: answers.get(name) for name, _ in _INTERPRETERS}
    needed = [
        gettext("%(who)s: %(language)s", who=gettext(who), language=answers.get(f"{name}_language") or gettext("ja"))
        for name, who in _INTERPRETERS
        if said[name] == "yes"
    ]
    if needed:
        return ", ".join(needed)
    if "unknown" in said.values():
        return gettext("Anmälaren vet inte")
    return gettext("Behövs inte") if "no" in said.values() else ""
