"""Forms that staff fill in: kept as a draft of the case, checked, read through and signed once."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from flask import Response, request
from werkzeug.exceptions import BadRequest

from functions.casework.cards import in_words
from shared.app import house
from shared.domain import calendar
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.assessments import ProtectionForm
from shared.domain.assistance_decisions import AssistanceForm
from shared.domain.decisions import PreliminaryForm
from shared.domain.ids import CaseId, DraftId, StaffId
from shared.domain.investigation_decisions import InvestigationForm
from shared.domain.withdrawals import WithdrawalForm
from shared.formkit.check import Checked, check_step
from shared.formkit.definition import Answer, Answers, Form, Problem, Step
from shared.formkit.page import StepPage, page
from shared.formkit.repeats import Posted
from shared.formkit.submission import submission
from shared.formkit.summary import Row, summary
from shared.ports.store import AlreadyExists, Conflict, NotFound
from shared.records.drafts import STAFF_FORM, Draft, note_draft, staff_form_id
from shared.web import language, principal
from shared.web.words import clock_time, day

_OURS: Final = frozenset({"csrf_token", "submission_id", "seen", "go"})
LATER: Final = "later"
"""The value of `go` that keeps a half-done form."""


_BY_ITSELF: Final = "X-Autosave"
"""Carried by a post that the browser makes while somebody writes; it wants no page."""
_REVISION: Final = "X-Draft"
_AT: Final = "X-Saved-At"


class Overtaken(Exception):
    """A colleague saved the same draft since the page was shown; nothing of theirs was written over."""

    def __init__(self, theirs: Draft, mine: Answers) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs
        self.mine = mine


@dataclass(frozen=True, slots=True)
class StaffForm:
    """The questions of one step, asked in one case."""

    form: Form
    case: CaseId
    author: StaffId | None = None
    """Whose alone the draft is; None: it is the case's, for whoever may decide it."""

    @property
    def step(self) -> Step:
        """Its only page."""
        return self.form.steps[0]

    def draft(self) -> Draft | None:
        """What has been written so far."""
        return house().drafts.find(*self._kept_as)

    def page(self, answers: Answers, checked: Checked | None = None) -> StepPage:
        """The questions with what is saved, or with what was posted and its problems."""
        if checked is None:
            return page(self.form, self.step, answers, language())
        return page(self.form, self.step, checked.answers, language(), posted=posted(), problems=checked.problems)

    def check(self, before: Answers) -> Checked:
        """The posted page on top of `before`; what no page of ours sends is a `BadRequest`."""
        today = calendar.local_date(house().clock.now())
        half_done = request.form.get("go") == LATER
        checked = check_step(self.form, self.step, posted(), before, today, half_done=half_done)
        if checked.foreign or any(len(request.form.getlist(name)) > 1 for name in _OURS):
            raise BadRequest
        return checked

    def save(self, before: Draft | None) -> tuple[Draft, Checked]:
        """Keep the posted page on top of the draft there is; raises `Overtaken` when it is not the one that was shown.

        Words that are saved after `before` was read are found, too.
        """
        checked = self.check(before.answers if before else {})
        if before is not None and request.form.get("seen", "") != str(before.rev):
            return self._settle(before, checked), checked
        try:
            return self._keep(before, checked.answers), checked
        except (AlreadyExists, Conflict, NotFound):
            now_there = self.draft()
            if now_there is None:
                raise
            return self._settle(now_there, checked), checked

    def all_problems(self, checked: Checked, badly: Iterable[Problem]) -> tuple[Problem, ...]:
        """What is empty or wrong and what goes together badly, told at once and in the order of the form."""
        told = {one.field for one in checked.problems}
        more = (one for one in badly if one.field not in told)
        order = [one.id for one in self.step.fields]
        return tuple(sorted((*checked.problems, *more), key=lambda one: order.index(one.field)))

    def counted(self, answers: Answers) -> dict[str, Answer]:
        """The answers that count: hidden ones are left out."""
        return submission(self.form, answers)

    def rows(self, answers: Answers) -> tuple[Row, ...]:
        """The answers in words."""
        sections = summary(self.form, answers, language(), show_date=lambda one: day(one, language()))
        return tuple(row for section in sections for row in section.rows)

    def _settle(self, there: Draft, checked: Checked) -> Draft:
        """The same words sent twice are saved once; other words are a conflict."""
        if dict(there.answers) != checked.answers:
            raise Overtaken(there, checked.answers)
        return there

    def _keep(self, before: Draft | None, answers: Mapping[str, Answer]) -> Draft:
        by = str(principal().staff)
        if before is not None:
            return house().drafts.save(before, answers, by)
        (id, owner), version = self._kept_as, str(self.form.version)
        return house().drafts.begin(STAFF_FORM, id, owner, form=self.form.id, version=version, answers=answers, by=by)

    @property
    def _kept_as(self) -> tuple[DraftId, str]:
        """The draft's id and owner."""
        if self.author is not None:
            return note_draft(self.case, self.author, self.form.id)
        return staff_form_id(self.case, self.form.id), self.case


def by_itself() -> bool:
    """Whether the browser saves while somebody writes."""
    return _BY_ITSELF in request.headers


def kept_by_itself(form: StaffForm, before: Draft | None) -> Response:
    """What such a post is answered with: the draft's revision and time (204), or 409 in silence; the buttons tell."""
    try:
        draft, _ = form.save(before)
    except Overtaken:
        return Response(status=409)
    return Response(status=204, headers={_REVISION: str(draft.rev), _AT: clock_time(draft.saved_at, language())})


def posted() -> Posted:
    """The form's own fields as they were posted."""
    return {name: values for name, values in request.form.lists() if name not in _OURS}


Signed: TypeAlias = (
    ProtectionForm
    | PreliminaryForm
    | AssistanceForm
    | WithdrawalForm
    | InvestigationForm
    | TimeForm
    | ReviewForm
    | HandOverForm
)


def stated(signed: Signed) -> dict[str, Answer]:
    """What was signed, as answers of its form."""
    answers: dict[str, Answer] = {}
    for name, value in asdict(signed).items():
        if isinstance(value, tuple):
            answers[name] = list(value)
        elif value:
            answers[name] = value.value if isinstance(value, StrEnum) else value
    return answers


def papers(form: StaffForm, theirs: Answers, mine: Answers) -> dict[str, list[dict[str, Any]]]:
    """Both texts beside each other, question by question, with what differs marked."""
    left = {row.label: in_words(row) for row in form.rows(theirs)}
    right = {row.label: in_words(row) for row in form.rows(mine)}
    labels = list(dict.fromkeys([*left, *right]))
    return {"theirs": _rows(labels, left, right), "mine": _rows(labels, right, left)}


def _rows(labels: list[str], own: dict[str, str], other: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"key": label, "value": own.get(label, ""), "differs": own.get(label, "") != other.get(label, "")}
        for label in labels
    ]
