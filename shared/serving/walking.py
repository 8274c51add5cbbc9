"""The way through a declared form: questions, items with a page each, parts, and everything before it is sent."""

import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from shared.app import house
from shared.domain.calendar import local_date
from shared.formkit.check import Checked, check_step
from shared.formkit.definition import Answers, Form, Need, Problem, Step
from shared.formkit.item_pages import item_card, item_list, item_page
from shared.formkit.items import check_item, check_more, may_be_item, without_item
from shared.formkit.overtaking import Page
from shared.formkit.page import StepPage, page
from shared.formkit.parts import part_of, parts
from shared.formkit.repeats import Posted, items_of
from shared.formkit.steps import deciding, visible_steps
from shared.formkit.summary import Words
from shared.ports.store import Conflict, NotFound
from shared.records.drafts import Draft
from shared.serving.attaching import Attaching
from shared.serving.borrowed import in_words
from shared.serving.overtaken import SEEN, Overtaken, both, is_stale, is_untouched, not_understood
from shared.serving.served import Served, from_check, saved_page
from shared.serving.targets import target
from shared.web import language, local_text, see_other

OURS: Final = frozenset({"csrf_token", "submission_id", "later", SEEN})
_TRIES: Final = 4
_ID: Final = string.ascii_lowercase + string.digits


def posted() -> Posted:
    """The fields of the form that were posted; what no page of ours posts ends the request (400)."""
    if any(len(request.form.getlist(name)) > 1 for name in OURS):
        raise BadRequest
    return typed()


def typed() -> Posted:
    """The same, taken as it came."""
    return {name: values for name, values in request.form.lists() if name not in OURS}


@dataclass(slots=True)
class Walk:
    """One request on one draft; after an answer `draft` is as it has been saved."""

    served: Served
    draft: Draft
    form: Form
    today: date
    held_back: bool = False
    """Whether what was posted was not saved, because its page is older than what is."""

    def parts(self) -> str:
        """The list of parts and how far each has come."""
        shown = parts(self.form, self.draft.answers)
        heading = local_text(self.form.title)
        return self._render("form/parts.html", parts=shown, heading=heading, back=self.served.start)

    def ask(self, step: Step) -> ResponseReturnValue:
        """One step with the saved answers: a question, files, or the list of items."""
        if not self._calls_for(step):
            return self._past(step)
        if step.takes_files:
            return Attaching(self.served).shown(self.draft, step)
        group = step.items
        if group is None:
            return self._question(step)
        if group.need is Need.HARD and not any(items_of(self.draft.answers.get(group.id))):
            return self.new_item(step)
        return self._items(step)

    def answer(self, step: Step) -> ResponseReturnValue:
        """Save what could be understood, then go on (303) or say what to put right (422).

        An answer that another window has saved since the page was shown is not written over: both are shown (409).
        What is posted to a step that the answers do not call for any more is kept and shown (409); it does not count.
        """
        if step.items is not None:
            return self._answer_list(step) if self._calls_for(step) else self._past(step)
        try:
            checked = self.keep(step)
        except Overtaken as overtaken:
            return self._two_answers(Page(step), overtaken)
        if not self._calls_for(step):
            return self._not_asked(Page(step), checked)
        if checked.problems:
            return self._question(step, posted(), checked.problems), 422
        if checked.stay is not None:
            return see_other(self.served.paths(self.draft).step(step.slug, checked.stay))
        return self._onward(step)

    def keep(self, step: Step) -> Checked:
        """Save what could be understood of the answers that were posted to the step; raises `Overtaken`."""
        return self._write(self._reading(step), Page(step))

    def carry(self, step: Step) -> Checked:
        """The same of a page that showed another draft: compared with nothing, for this draft is new."""
        return self._write(self._reading(step))

    def _reading(self, step: Step) -> Callable[[Answers], Checked]:
        sent, later = posted(), "later" in request.form
        return lambda kept: check_step(self.form, step, sent, kept, self.today, half_done=later)

    def new_item(self, step: Step) -> Response:
        """To the page of a new item, whose id nobody can foresee."""
        id = "".join(secrets.choice(_ID) for _ in range(8))
        return see_other(self.served.paths(self.draft).item(step.slug, id))

    def ask_item(self, step: Step, id: str) -> ResponseReturnValue:
        """One item, stored or new."""
        return self._item(step, id) if self._calls_for(self._of_items(step, id)) else self._past(step)

    def answer_item(self, step: Step, id: str) -> ResponseReturnValue:
        """Save the item, then back to the list (303), say what to put right (422), or that something changed (409)."""
        self._of_items(step, id)
        sent, later = posted(), "later" in request.form
        try:
            checked = self._write(
                lambda kept: check_item(self.form, step, id, sent, kept, today=self.today, half_done=later),
                Page(step, id),
            )
        except Overtaken as overtaken:
            return self._two_answers(Page(step, id), overtaken)
        if not self._calls_for(step):
            return self._not_asked(Page(step, id), checked)
        if checked.problems:
            return self._item(step, id, sent, checked.problems), 422
        paths = self.served.paths(self.draft)
        if checked.stay is not None:
            return see_other(paths.item(step.slug, id, checked.stay))
        return see_other(saved_page(self.draft) if later else paths.step(step.slug))

    def ask_to_remove(self, step: Step, id: str) -> ResponseReturnValue:
        """Ask before an item is taken away."""
        page = Page(self._of_items(step, id), id)
        if page.is_gone(self.draft.answers):
            return see_other(self.served.paths(self.draft).step(step.slug))
        return self._removing(page)

    def remove(self, step: Step, id: str) -> ResponseReturnValue:
        """The item is gone; a second press does nothing. One that is not as it was seen is asked of once more (409)."""
        page = Page(self._of_items(step, id), id)
        if posted():
            raise BadRequest
        if SEEN not in request.form and not page.is_gone(self.draft.answers):
            return self._removing(page, changed=True), 409
        try:
            self._write(lambda kept: Checked(without_item(step, kept, id)), page)
        except Overtaken:
            return self._removing(page, changed=True), 409
        return see_other(self.served.paths(self.draft).step(step.slug))

    def _answer_list(self, step: Step) -> ResponseReturnValue:
        onward = check_more(step, posted(), self.draft.answers)
        if onward.foreign:
            raise BadRequest
        if onward.problem is not None:
            return self._items(step, onward.problem), 422
        return self.new_item(step) if onward.more else self._onward(step)

    def _onward(self, step: Step) -> Response:
        if "later" in request.form:
            return see_other(saved_page(self.draft))
        onward = self.served.paths(self.draft).check if from_check() else self.served.onward(self.draft, step)
        return see_other(self.served.aside(self.draft, step) or onward)

    def _write(self, read: Callable[[Answers], Checked], page: Page | None = None) -> Checked:
        """Read the page into the answers and save them; anew when another page of the same draft was faster.

        Raises `Overtaken` when the page showed other answers than those that are saved, and brings new ones.
        """
        for _ in range(_TRIES):
            checked = read(self.draft.answers)
            if checked.foreign:
                raise BadRequest
            if page is not None and is_stale(page, self.draft.answers):
                return self._of_stale(page, checked)
            try:
                self.draft = house().drafts.save(self.draft, checked.answers)
            except (Conflict, NotFound):
                self.draft = self.served.find(self.draft.id)
            else:
                return checked
        raise Conflict("drafts")

    def _of_stale(self, page: Page, checked: Checked) -> Checked:
        """What a page that is older than the answers brings, when it may go on: nothing is saved."""
        saved = self.draft.answers
        if checked.problems:
            self.held_back = True
            return checked
        if page.mark(checked.answers) != page.mark(saved) and not is_untouched(page, checked.answers):
            raise Overtaken(checked.answers)
        return Checked(dict(saved))

    def _two_answers(self, page: Page, overtaken: Overtaken) -> ResponseReturnValue:
        step, paths, saved = page.step, self.served.paths(self.draft), self.draft.answers
        action = self._action(page)
        shown = both(page, saved, overtaken.mine, self.served.fill())
        onward = paths.step(step.slug) if page.item else action
        names = self._names(step)
        return self._render("form/overtaken.html", **shown, **names, action=action, onward=onward), 409

    def _removing(self, page: Page, *, changed: bool = False) -> str:
        step, id, answers, paths = page.step, page.item, self.draft.answers, self.served.paths(self.draft)
        card = item_card(self.form, step, id, answers, language(), show_date=in_words, fill=self.served.fill())
        action, back, seen = paths.remove(step.slug, id), paths.step(step.slug), page.mark(answers)
        return self._render(
            "form/remove_item.html", card=card, action=action, back=back, seen=seen, changed=changed
        )  # fmt: skip

    def _not_asked(self, page: Page, checked: Checked) -> ResponseReturnValue:
        """What was written to a page that the answers do not call for any more, and the way to have it asked again."""
        step, words = page.step, Words(language(), in_words, self.served.fill())
        rows = page.in_words(checked.answers, words)
        kept = not_understood(posted(), checked.problems, anything=not rows)
        if not kept and (not rows or is_untouched(page, checked.answers)):
            return self._past(step)
        decide, onward = deciding(self.form, self.draft.answers, step), self.served.onward(self.draft, step)
        return self._render(
            "form/not_asked.html", rows=rows, kept=kept, decide=decide, onward=onward, **self._names(step)
        ), 409  # fmt: skip

    def _past(self, step: Step) -> Response:
        return see_other(self.served.onward(self.draft, step))

    def _calls_for(self, step: Step) -> bool:
        return step in visible_steps(self.form, self.draft.answers)

    def _of_items(self, step: Step, id: str) -> Step:
        """The step of an item; 404 for a step without items and an id that is none."""
        return step if step.items and may_be_item(step, self.draft.answers, id) else abort(404)

    def _question(self, step: Step, sent: Posted | None = None, problems: tuple[Problem, ...] = ()) -> str:
        shown = page(
            self.form, step, self.draft.answers, language(),
            posted=sent, problems=problems, fill=self.served.fill(), today=self.today,
        )  # fmt: skip
        return self._asked(step, shown, problems, self.served.back(self.draft, step), Page(step))

    def _item(self, step: Step, id: str, sent: Posted | None = None, problems: tuple[Problem, ...] = ()) -> str:
        shown = item_page(
            self.form, step, id, self.draft.answers, language(),
            posted=sent, problems=problems, fill=self.served.fill(), today=self.today,
        )  # fmt: skip
        paths, group = self.served.paths(self.draft), step.items
        any_yet = group is not None and any(items_of(self.draft.answers.get(group.id)))
        back = paths.step(step.slug) if any_yet else self.served.back(self.draft, step)
        return self._asked(step, shown, problems, back, Page(step, id))

    def _items(self, step: Step, problem: Problem | None = None) -> str:
        shown = item_list(self.form, step, self.draft.answers, language(), show_date=in_words, fill=self.served.fill())
        errors = {problem.name: problem.text[language()]} if problem else {}
        back = self.served.back(self.draft, step)
        return self._render("form/items.html", page=shown, **self._names(step), back=back, errors=errors)

    def _asked(self, step: Step, shown: StepPage, problems: tuple[Problem, ...], back: str, at: Page) -> str:
        errors, names = {target(one): one.text[language()] for one in problems}, self._names(step)
        action = self._action(at)
        seen = request.form[SEEN] if self.held_back else at.mark(self.draft.answers)
        return self._render(
            self.served.question, page=shown, step=step, **names, action=action, back=back, errors=errors, seen=seen
        )

    def _action(self, at: Page) -> str:
        paths, slug = self.served.paths(self.draft), at.step.slug
        return paths.item(slug, at.item) if at.item else paths.step(slug)

    def _names(self, step: Step) -> dict[str, str]:
        part = part_of(self.form, step)
        return {"name": local_text(step.name), "part": local_text(part.name) if part else ""}

    def _render(self, template: str, **shown: object) -> str:
        paths, frame = self.served.paths(self.draft), self.served.frame
        return render_template(template, frame=frame, draft=self.draft, paths=paths, from_check=from_check(), **shown)


def walk(served: Served, id: str) -> Walk:
    """The viewer's own draft with this id, about to be read or answered."""
    draft = served.find(id)
    return Walk(served, draft, served.form(draft), local_date(house().clock.now()))
