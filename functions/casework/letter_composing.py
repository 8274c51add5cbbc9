"""From what staff answered to the letters as they will be read: who gets one, and its words for each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from functions.casework import words
from functions.casework.letter_forms import OTHER, letter_text
from functions.casework.own_name import me
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind
from shared.domain.deadline_law import rule
from shared.domain.deadlines import last_day
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.investigating import FOLLOW_UP
from shared.domain.investigation_decisions import FORMER_DAY, LATE, MEASURE
from shared.domain.letters import Addressed, LetterKind, Recipient, Relation, Text
from shared.domain.naming import Naming, instead
from shared.formkit.definition import Answer, Answers, Form
from shared.formkit.letter_text import composed
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from shared.records.letters import Addressees, Named
from shared.web import principal
from shared.web.words import capital, day

_DECISION: Final = "forhandsbedomning"
_INVESTIGATION: Final = "utredning"
_ENDED: Final = {
    DecisionKind.INVESTIGATION_ENDED: "ended=without",
    DecisionKind.INVESTIGATION_ENDED_WITH_MEASURE: "ended=with",
}
_TO_THE_CHILD: Final = "dig"
"""What a letter says instead of the child's name when the child reads it."""


def recipients(case: Case, answers: Answers, found: Addressees) -> list[Recipient] | None:
    """Those chosen, each once; None when the register gives the number of the one named by staff to somebody else."""
    chosen = answers.get("recipients")
    codes = chosen if isinstance(chosen, list) else [chosen]
    to = [one for one in found.known if one.index in codes]
    if OTHER in codes:
        named = house().letters.named(principal(), case, _named(answers), found.reply)
        if named is None:
            return None
        to += [named] if all(one.index != named.index for one in to) else []
    return to


def addressed(
    kind: LetterKind,
    case: Case,
    form: Form,
    answers: Answers,
    to: Sequence[Recipient],
    *,
    naming: Naming,
    told: Decision | None,
    more: tuple[Mapping[str, str], frozenset[str]] = ({}, frozenset()),
) -> list[Addressed]:
    """The words for each recipient; `naming` says whether the sender is named, `told` is the decision it tells of.

    `more` is what this kind of letter knows besides: words, and choices.
    """
    counted = submission(form, answers)
    sections = summary(form, counted, "sv", show_date=lambda one: day(one, "sv"))
    said = {row.field: ", ".join(row.lines) for section in sections for row in section.rows}
    said |= more[0]
    to_applicant = ["to=applicant"] if case.application else []
    chosen = frozenset((*_choices(counted), *_of_decision(told), *more[1], *to_applicant))
    said |= {**_known(case), **_decided(case, told)}
    return [Addressed(one, composed_text(kind, case, {**said, **_of(one)}, chosen, naming)) for one in to]


def _named(answers: Answers) -> Named:
    number: Any = answers.get("other_number")
    typed = str(answers.get("other_address") or "")
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    return Named(str(number["value"]), str(answers.get("other_name") or ""), lines)


def _of(one: Recipient) -> dict[str, str]:
    to_the_child = {"child_name": _TO_THE_CHILD} if one.relation is Relation.CHILD else {}
    return {"recipient": one.name, **to_the_child}


def _known(case: Case) -> dict[str, str]:
    decided = case.clocks.get(_DECISION)
    if case.decision is not None and decided is not None and decided.ended_at is not None:
        return {"decided_day": capital(day(local_date(decided.ended_at), "sv"))}
    if _INVESTIGATION not in case.clocks:
        return {}
    opened = local_date(case.opened_at)
    due = rule(_INVESTIGATION, opened).last_day(opened)  # the four months, also after they were extended
    return {"opened_day": capital(day(opened, "sv")), "due_day": day(due, "sv")}


def _decided(case: Case, told: Decision | None) -> dict[str, str]:
    """What the decision of an investigation says, and the day that its clock runs to now."""
    if told is None or case.kind is not CaseKind.UTREDNING:
        return {}
    details = dict(told.details)
    until = case.clocks.get(FOLLOW_UP) or case.clocks[_INVESTIGATION]
    return {
        "decided_day": capital(day(local_date(told.decided_at), "sv")),
        "until_day": day(last_day(until.due), "sv"),
        "was_day": details.get(FORMER_DAY, ""),
        "measure": details.get(MEASURE, ""),
    }


def _of_decision(told: Decision | None) -> Iterator[str]:
    if told is not None and told.kind in _ENDED:
        yield _ENDED[told.kind]
    if told is not None and LATE in dict(told.details):
        yield "late=yes"


def _choices(answers: Mapping[str, Answer]) -> Iterator[str]:
    for name, answer in answers.items():
        for code in answer if isinstance(answer, list) else [answer]:
            if isinstance(code, str):
                yield f"{name}={code}"


def composed_text(
    kind: LetterKind, case: Case, said: Mapping[str, str], chosen: frozenset[str], naming: Naming
) -> Text:
    """The letter's words with these places filled."""
    template, sender = letter_text(kind), _sender(case, naming)
    parts = composed(template, said, chosen)
    return Text(kind, template.version, template.language, template.title, parts, template.law, case.reference, sender)


def _sender(case: Case, naming: Naming) -> dict[str, str]:
    """Who the letter is from; without a name the phone is the unit's, too: an own number leads to its owner."""
    one, unit = me(), words.directory().units[case.unit]
    known = {"title": one.title, "unit": unit.name}
    if naming is not Naming.NAMED:
        return {**known, "name": "", "instead": "\n".join(instead(naming, one.title, unit.name)), "phone": unit.phone}
    return {**known, "name": one.name, "phone": one.phone or unit.phone}
