"""A letter that staff have begun: its kind and case, its questions, and to whom the register lets it go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from functions.casework import invitation_forms, invitation_words, letter_forms, own_name, words
from functions.casework.access import file_or_404
from functions.casework.facts import person_name
from functions.casework.letter_composing import addressed, recipients
from functions.casework.staff_forms import StaffForm, posted
from shared.app import house
from shared.domain import lettering
from shared.domain.broken_rules import OriginalMissing
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.decisions import Decision
from shared.domain.letters import IN_THE_CODE, Addressed, LetterKind, Recipient
from shared.domain.naming import Naming, in_letter
from shared.formkit.definition import Answers, Form, Problem
from shared.formkit.lacking import remaining
from shared.formkit.submission import submission as counted
from shared.records.letters import Addressees
from shared.web import gettext, principal


@dataclass(frozen=True, slots=True)
class Writing:
    """One kind of letter on its way in one case: what is asked, and what the register says to whom it may go.

    `naming` says whether its sender is named; `told` is the decision that it tells of.
    """

    kind: LetterKind
    case: Case
    found: Addressees
    asked: StaffForm
    naming: Naming
    told: Decision | None

    def problems(self, answers: Answers) -> tuple[Problem, ...]:
        """What does not go together; whom it may go to is asked only when nothing is missing."""
        form, said, whole = self.asked.form, counted(self.asked.form, answers), not remaining(self.asked.form, answers)
        wrong = tuple(letter_forms.problems(form, said, local_date(house().clock.now())))
        if self.kind is invitation_forms.KIND and whole and not wrong:
            wrong += tuple(invitation_forms.problems(form, said, recipients(self.case, said, self.found) or []))
        if self.naming is not Naming.NAMED:
            wrong += tuple(own_name.told(form, said, own_name.sent_fields(form)))
        if wrong or not whole or recipients(self.case, answers, self.found) is not None:
            return wrong
        return (letter_forms.another_person(form),)

    def letters(self, answers: Answers) -> list[Addressed]:
        """The letters that these answers make; none when the register contradicts them."""
        said = counted(self.asked.form, answers)
        to = recipients(self.case, said, self.found) or []
        more: tuple[Mapping[str, str], frozenset[str]] = ({}, frozenset())
        if self.kind is invitation_forms.KIND:
            more = invitation_words.known(self.case, self.with_slot(answers), self.naming)
        form, naming = self.asked.form, self.naming
        return addressed(self.kind, self.case, form, answers, to, naming=naming, told=self.told, more=more)

    def with_slot(self, answers: Answers) -> Answers:
        """The answers that count, and the time that was chosen."""
        slot = answers.get(invitation_forms.SLOT)
        return {**counted(self.asked.form, answers), **({invitation_forms.SLOT: slot} if slot else {})}

    def lacks_time(self, answers: Answers) -> bool:
        """Whether staff book the time and have not chosen one that is free."""
        said = self.with_slot(answers)
        books = self.kind is invitation_forms.KIND and said.get("way") == invitation_forms.BOOK
        return books and invitation_forms.chosen_slot(said) is None


def kind_or_404(slug: str) -> LetterKind:
    """The kind of letter, or no such page."""
    try:
        kind = LetterKind(slug)
    except ValueError:
        abort(404)
    return abort(404) if kind in IN_THE_CODE else kind


def begun(id: str, kind: str) -> Writing:
    """The page was asked for: the case file is opened, and so logged."""
    slug = kind_or_404(kind)
    return opened(file_or_404(id, "letter_draft").case, slug)


def unasked(case: Case, kind: LetterKind) -> StaffForm:
    """The letter for a browser that keeps it while somebody writes: nothing is shown, so the register is not asked.

    Whoever is chosen is kept as posted; the page, and the letter, take nobody that the register does not know.
    """
    lettering.demand_sendable(case, kind, principal(), local_date(house().clock.now()))
    chosen = posted().get(letter_forms.RECIPIENTS, [])
    return StaffForm(letter_forms.with_chosen(_form(case, kind, ()), chosen), case.id)


def _form(case: Case, kind: LetterKind, known: Sequence[Recipient]) -> Form:
    assessments = house().letters.assessments(case)
    form = letter_forms.questions(kind, known, plan=lettering.takes_plan(case, assessments))
    if kind is LetterKind.DELAY_NOTICE and case.application is not None:
        form = letter_forms.to_applicant(form)
    return invitation_forms.fitted(form, case) if kind is invitation_forms.KIND else form


def opened(case: Case, kind: LetterKind) -> Writing:
    """The letter with what the register says now; raises `NotOpen` or `NotAllowed` when it can not be sent here."""
    lettering.demand_sendable(case, kind, principal(), local_date(house().clock.now()))
    tells = kind in lettering.WITH_DECISION
    if tells and not (case.decision and house().originals.find(case.decision)):
        raise OriginalMissing(kind)
    found = house().letters.addressees(principal(), case)
    form = _form(case, kind, found.known)
    naming = in_letter(kind, house().letters.decisions(case), own_name.me().id)
    told = house().letters.told(case) if tells else None
    return Writing(kind, case, found, StaffForm(form, case.id), naming, told)


def page_frame(writing: Writing) -> dict[str, Any]:
    """What every page of writing shows."""
    case = writing.case
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "name": gettext(words.LETTERS[writing.kind]),
        "law": letter_forms.letter_text(writing.kind).law,
        "clock": None,
        "write_href": href("letters.write", writing),
        "invites": writing.kind is invitation_forms.KIND,
        "check_href": href("letters.check", writing),
        "case_href": url_for(
            "invitations.show" if writing.kind is invitation_forms.KIND else "letters.show", id=case.id
        ),
    }


def href(endpoint: str, writing: Writing, andrad: str | None = None) -> str:
    """The address of one of its pages."""
    return url_for(endpoint, id=writing.case.id, kind=writing.kind.value, andrad=andrad)
