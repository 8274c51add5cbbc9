"""The way of every form that staff sign: write beside the report, save or go on, read through, sign once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.access import case_and_draft_or_404, demand_same, file_or_404, submission
from functions.casework.cards import card, cards, cards_by_part
from functions.casework.facts import person_name
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import (
    LATER,
    Overtaken,
    Signed,
    StaffForm,
    by_itself,
    kept_by_itself,
    papers,
    stated,
)
from shared.app import house
from shared.domain import transitions
from shared.domain.broken_rules import AlreadyDone
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.principals import Role
from shared.formkit.check import Checked
from shared.formkit.definition import Answer, Answers, Form, Problem
from shared.formkit.lacking import remaining
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import allow_sending, gettext, language, local_text, mark, principal, read_form, see_other
from shared.web.law_words import LAW


@dataclass(frozen=True, slots=True)
class Beside:
    """What is read beside a form: its title and cards in an opened case, and what `follows` when the form is signed.

    `lead` stands over the questions.
    """

    title: str
    follows: str
    cards: Callable[[CaseFile], list[dict[str, Any]]]
    lead: str = mark("Det är du som bestämmer.")


@dataclass(frozen=True, slots=True)
class Signing:
    """One kind of signed form.

    `pages` names its blueprint and `form` its questions, `acts` what it can lead to: whoever can do one of them may
    write it. `questions` are what it asks in an opened case, `whole` all that it may ask in any;
    `waits_for_lead` tells whether these answers are for a lead alone to sign; `sign` commits the answers that count;
    `stands` gives what was signed, by whom, if it has been. `usual` stands in the form before anybody has answered;
    `problems` are those of answers that go together badly in the case, and `means` says what else signing them means.
    `again`: a case may have several, so that one that stands is in nobody's way. `late` says that its day has passed.
    `beside` is what is read beside the form instead of what came in, `clock` names the deadline where the first act
    meets none, and `read_at` is the page where what is signed is read. `name` is what the act is called where the
    title of the form would say something else.
    """

    pages: str
    form: str
    acts: tuple[Action, ...]
    questions: Callable[[CaseFile], Form]
    whole: Callable[[], Form]
    waits_for_lead: Callable[[CaseFile, Answers], bool]
    sign: Callable[[Case, Answers, Submission, Draft], Sent]
    stands: Callable[[CaseFile], tuple[Signed, str] | None]
    usual: Answers = field(default_factory=dict)
    problems: Callable[[Case, Form, Answers], tuple[Problem, ...]] = lambda _, __, ___: ()
    means: Callable[[Answers], str] = lambda _: ""
    again: bool = False
    late: Callable[[Case], str] = lambda _: ""
    beside: Beside | None = None
    clock: str = ""
    read_at: str = "cases.assessments"
    name: str = ""

    def write(self, id: str) -> ResponseReturnValue:
        """The form with its draft, beside the report; what is signed is read among the assessments."""
        found, form = self._open(id)
        if self.stands(found):
            return see_other(url_for(self.read_at, id=id))
        self._demand(found.case)
        return self._page(found, form, found.draft)

    def save(self, id: str) -> ResponseReturnValue:
        """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204 or 409."""
        if by_itself():
            return self._keep(id)
        found, form = self._open(id)
        if self.stands(found):
            return self._too_late(found, form, form.check({}).answers)
        self._demand(found.case)
        try:
            draft, checked = form.save(found.draft)
        except Overtaken as overtaken:
            return overtaken_page(form, overtaken, self._frame(found, form), self.usual)
        if request.form.get("go") == LATER and not checked.problems:
            return see_other(url_for(f"{self.pages}.write", id=id))
        badly = self.problems(found.case, form.form, form.counted(draft.answers))
        if more := form.all_problems(checked, badly):
            return self._page(found, form, draft, replace(checked, problems=more)), 422
        return see_other(url_for(f"{self.pages}.check", id=id))

    def check(self, id: str) -> ResponseReturnValue:
        """Everything that will be signed, to read through."""
        found, form = self._open(id)
        if self.stands(found):
            return see_other(url_for(self.read_at, id=id))
        self._demand(found.case)
        draft, answers = found.draft, self._answers(found.draft)
        if (
            draft is None
            or remaining(form.form, answers)
            or self.problems(found.case, form.form, form.counted(answers))
        ):
            return see_other(url_for(f"{self.pages}.write", id=id))
        return render_template(
            "sign.html",
            card=card(form.rows(answers)),
            means=self.means(form.counted(answers)),
            draft=draft,
            changed="andrad" in request.args,
            leads=words.leads(found.case.unit) if self.waits_for_lead(found, answers) else [],
            **self._frame(found, form),
        )

    def commit(self, id: str) -> ResponseReturnValue:
        """Sign what was read through, once (303 to the case); nothing of the case is shown."""
        seen = read_form(one=("seen",)).text("seen")
        case, draft = case_and_draft_or_404(id, self.form)
        if draft is None:
            return self._after_the_draft(id)
        form, answers = StaffForm(self.whole(), case.id), self._answers(draft)
        if self.problems(case, form.form, form.counted(answers)):
            return see_other(url_for(f"{self.pages}.write", id=id))
        if seen != str(draft.rev):
            return see_other(url_for(f"{self.pages}.check", id=id, andrad=1))
        once = submission(case=id, answers=dict(draft.answers))
        try:
            demand_same(self.sign(case, form.counted(answers), once, draft))
        except AlreadyDone:
            return self._too_late(*self._open(id), answers)
        return see_other(url_for("cases.show", id=id))

    def _keep(self, id: str) -> ResponseReturnValue:
        """Keep what the browser saves while somebody writes; nothing of the case is shown, and so nothing is logged."""
        case, draft = case_and_draft_or_404(id, self.form)
        self._demand(case)
        return kept_by_itself(StaffForm(self.whole(), case.id), draft)

    def _demand(self, case: Case) -> None:
        """The viewer may write it now, or the broken rule."""
        transitions.demand_possible(case, principal(), local_date(house().clock.now()), *self.acts)

    def _answers(self, draft: Draft | None) -> Answers:
        """What has been written, on top of what usually stands there."""
        return {**self.usual, **(draft.answers if draft else {})}

    def _open(self, id: str) -> tuple[CaseFile, StaffForm]:
        found = file_or_404(id, self.pages, self.form)
        return found, StaffForm(self.questions(found), found.case.id)

    def _page(self, found: CaseFile, form: StaffForm, draft: Draft | None, checked: Checked | None = None) -> str:
        allow_sending()  # it keeps itself while somebody writes
        problems = checked.problems if checked else ()
        return render_template(
            "write.html",
            page=form.page(self._answers(draft), checked),
            draft=draft,
            saved_by=words.staff_name(draft.saved_by) if draft else "",
            errors={one.name: one.text[language()] for one in problems},
            cards=_came_in(found) if self.beside is None else self.beside.cards(found),
            reports=found.taken_over,
            late=self.late(found.case),
            **self._frame(found, form),
        )

    def _after_the_draft(self, id: str) -> ResponseReturnValue:
        """Sent again, or signed by a colleague, or the draft has expired."""
        found, form = self._open(id)
        standing = self.stands(found)
        if self.again:
            return see_other(url_for("cases.show", id=found.case.id))
        if standing is None:
            return see_other(url_for(f"{self.pages}.write", id=found.case.id))
        if standing[1] == principal().staff:
            return see_other(url_for("cases.show", id=found.case.id))
        return self._too_late(found, form, {})

    def _too_late(self, found: CaseFile, form: StaffForm, mine: Mapping[str, Answer]) -> ResponseReturnValue:
        """It has been signed: what stands, beside what the viewer wrote (409)."""
        standing = self.stands(found)
        if standing is None:
            raise AlreadyDone(self.pages)
        return render_template(
            "too_late.html",
            papers=papers(form, stated(standing[0]), mine),
            wrote=bool(mine),
            by=words.staff_name(standing[1]),
            by_me=standing[1] == principal().staff,
            **self._frame(found, form),
        ), 409

    def _frame(self, found: CaseFile, form: StaffForm) -> dict[str, Any]:
        case = found.case
        deadline = self.clock or transitions.deadline_of(case, self.acts[0])
        clock = case.clocks.get(deadline)
        return {
            "case": case,
            "person": person_name(case),
            "kind": gettext(words.KINDS[case.kind]),
            "name": gettext(self.name) if self.name else local_text(form.form.title),
            "law": form.form.law if self.clock else gettext(LAW[deadline]),
            "clock": words.clock_badge(clock, house().clock.now()) if clock else None,
            "write_href": url_for(f"{self.pages}.write", id=case.id),
            "check_href": url_for(f"{self.pages}.check", id=case.id),
            "case_href": url_for("cases.show", id=case.id),
            "is_lead": principal().has(Role.TEAM_LEAD),
            "beside": None if self.beside is None else gettext(self.beside.title),
            "follows": None if self.beside is None else gettext(self.beside.follows),
            "lead": None if self.beside is None else gettext(self.beside.lead),
        }


def _came_in(found: CaseFile) -> list[dict[str, Any]]:
    """What came in and is decided on, to read beside the form."""
    if found.application is not None:
        return cards_by_part(found.application.snapshot)
    return cards(found.report.snapshot) if found.report else []
