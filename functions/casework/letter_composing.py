"""From what staff answered to the letters as they will be read: who gets one, and its words for each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from functions.casework import words
from functions.casework.letter_forms import OTHER, letter_text
from functions.casework.own_name import me
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.deadlines import last_day
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
_TO_THE_CHILD: Final = "dig"
"""What a letter says instead of the child's name when the child reads it."""


def recipients(case: Case, answers: Answers, found: Addressees) -> list[Recipient] | None:
    """Those chosen, each once; None when the register gives the number of the one named by staff to somebody else."""
    chosen = answers.get("recipients")
    codes = chosen if isinstance(chosen, list) else []
    to = [one for one in found.known if one.index in codes]
    if OTHER in codes:
        named = house().letters.named(principal(), case, _named(answers), found.reply)
        if named is None:
            return None
        to += [named] if all(one.index != named.index for one in to) else []
    return to


def addressed(
    kind: LetterKind, case: Case, form: Form, answers: Answers, to: Sequence[Recipient], *, naming: Naming
) -> list[Addressed]:
    """The words for each recipient; `naming` says whether the sender is named."""
    counted = submission(form, answers)
    sections = summary(form, counted, "sv", show_date=lambda one: day(one, "sv"))
    said = {row.field: ", ".join(row.lines) for section in sections for row in section.rows}
    chosen = frozenset(_choices(counted))
    said["contact_phone"] = said.get("contact_phone", "").replace(" ", "\N{NO-BREAK SPACE}")
    return [Addressed(one, _text(kind, case, {**said, **_known(case), **_of(one)}, chosen, naming)) for one in to]


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
    clock = case.clocks.get(_INVESTIGATION)
    if clock is None:
        return {}
    opened = capital(day(local_date(case.opened_at), "sv"))
    return {"opened_day": opened, "due_day": day(last_day(clock.due), "sv")}


def _choices(answers: Mapping[str, Answer]) -> Iterator[str]:
    for name, answer in answers.items():
        for code in answer if isinstance(answer, list) else [answer]:
            if isinstance(code, str):
                yield f"{name}={code}"


def _text(kind: LetterKind, case: Case, said: Mapping[str, str], chosen: frozenset[str], naming: Naming) -> Text:
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
