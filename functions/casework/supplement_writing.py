"""What staff write to an applicant about what is missing: kept while it is written, read through, sent once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.access import demand_same, submission
from functions.casework.facts import person_name
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import LATER, Overtaken, StaffForm, by_itself, kept_by_itself
from shared.domain.cases import Case
from shared.domain.supplements import LONGEST_WORDS
from shared.formkit.check import Checked
from shared.formkit.definition import Answers, FieldType, Problem
from shared.formkit.lacking import remaining
from shared.formkit.page import StepPage
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import allow_sending, gettext, language, local_text, posted_submission_id, read_form, see_other


@dataclass(frozen=True, slots=True)
class Writing:
    """One such text on its way in one case.

    `template` is the page where it is written, with `more` of its own, and `usual` what stands there before anybody
    has answered; `badly` are the problems of answers that go together badly, and `told` is what the applicant will be
    told, row by row.
    """

    case: Case
    form: StaffForm
    write_href: str
    check_href: str
    template: str
    usual: Answers
    badly: Callable[[Answers], Iterator[Problem]]
    told: Callable[[Answers], list[dict[str, str]]]
    more: Mapping[str, Any]

    def page(self, draft: Draft | None, checked: Checked | None = None) -> str:
        """The questions with what is saved, or with what was posted and its problems."""
        allow_sending()  # it keeps itself while somebody writes
        page = self.form.page(draft.answers if draft else self.usual, checked)
        return render_template(
            self.template,
            asked={one.name: one for one in page.questions},
            values=_values(page),
            limit=LONGEST_WORDS,
            draft=draft,
            errors={one.name: one.text[language()] for one in (checked.problems if checked else ())},
            **self.more,
            **self._frame(),
        )

    def save(self) -> ResponseReturnValue:
        """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204 or 409."""
        if by_itself():
            return kept_by_itself(self.form, self.form.draft())
        try:
            draft, checked = self.form.save(self.form.draft())
        except Overtaken as overtaken:
            return overtaken_page(self.form, overtaken, self._frame())
        later = request.form.get("go") == LATER
        if more := checked.problems if later else self._problems(checked, draft.answers):
            return self.page(draft, replace(checked, problems=more)), 422
        return see_other(self.write_href if later else self.check_href)

    def check(self) -> ResponseReturnValue:
        """What the applicant will be told, to be read through."""
        draft = self.form.draft()
        if draft is None or self._unfinished(draft):
            return see_other(self.write_href)
        return render_template(
            "supplement_check.html",
            card=self.told(self.form.counted(draft.answers)),
            draft=draft,
            changed="andrad" in request.args,
            **self._frame(),
        )

    def send(self, seen: str, commit: Callable[[Answers, Submission, Draft], Sent]) -> ResponseReturnValue:
        """Send what was read through as `seen`, once (303), with the answers that count."""
        draft = self.form.draft()
        if draft is None:
            return see_other(self._case_href)
        if self._unfinished(draft):
            return see_other(self.write_href)
        if seen != str(draft.rev):
            return see_other(f"{self.check_href}?andrad=1")
        once = submission(case=self.case.id, answers=dict(draft.answers))
        demand_same(commit(self.form.counted(draft.answers), once, draft))
        return see_other(self._case_href)

    def _unfinished(self, draft: Draft) -> bool:
        """Whether something is empty, or goes together badly, in what was saved."""
        return bool(remaining(self.form.form, draft.answers) or self._problems(Checked({}), draft.answers))

    def _problems(self, checked: Checked, answers: Answers) -> tuple[Problem, ...]:
        """What is empty and what goes together badly, told at once and in the order of the form."""
        return self.form.all_problems(checked, self.badly(self.form.counted(answers)))

    @property
    def _case_href(self) -> str:
        return url_for("supplements.show", id=self.case.id)

    def _frame(self) -> dict[str, Any]:
        """What every page of writing shows."""
        return {
            "case": self.case,
            "person": person_name(self.case),
            "kind": gettext(words.KINDS[self.case.kind]),
            "name": local_text(self.form.form.title),
            "clock": None,
            "write_href": self.write_href,
            "check_href": self.check_href,
            "case_href": self._case_href,
        }


def seen() -> str:
    """What was read through, as its page posts it."""
    posted_submission_id()
    return read_form(one=("seen",)).text("seen")


def _values(page: StepPage) -> dict[str, Any]:
    return {
        one.name: [choice.code for choice in one.choices if choice.chosen]
        if one.type == FieldType.MULTI
        else one.values.get("", "")
        for one in page.questions
    }
