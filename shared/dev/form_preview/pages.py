"""The pages of the preview: parts, questions, items and the check, as the services show them."""

import secrets
import string
from collections.abc import Callable
from datetime import date
from typing import Final

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from shared.dev.form_preview.draft import FormFile
from shared.dev.form_preview.house import PreviewHouse
from shared.dev.form_preview.views import Views, mistakes, own_paths, watching
from shared.domain.calendar import local_date
from shared.formkit.attesting import check_attested
from shared.formkit.check import check_step
from shared.formkit.definition import Form, Need, Step
from shared.formkit.items import check_item, check_more, find_item, may_be_item, without_item
from shared.formkit.lacking import remaining
from shared.formkit.parts import next_in_part
from shared.formkit.repeats import Posted, items_of
from shared.formkit.steps import next_step, visible_steps
from shared.web import allow_sending, create_app, see_other, serve_static, serve_theme

_OURS: Final = frozenset({"csrf_token", "submission_id", "later"})
_ID: Final = string.ascii_lowercase + string.digits


def preview_app(file: FormFile, house: PreviewHouse) -> Flask:
    """An app that shows the form of the file at `/`; its answers go when it stops."""
    app = create_app(__name__, lambda: house)
    app.before_request(_let_the_page_ask)
    app.get("/static/<name>")(serve_static)
    app.get("/theme")(serve_theme)
    for rule, view in _pages(file, house).items():
        method, _, path = rule.partition(" ")
        app.add_url_rule(path, endpoint=rule, view_func=view, methods=[method])
    return app


def _let_the_page_ask() -> None:
    """Whether the file has changed, which no page of a service asks."""
    allow_sending()


def _pages(file: FormFile, house: PreviewHouse) -> dict[str, Callable[..., ResponseReturnValue]]:
    shown = _Preview(file, house)
    return {
        "GET /": shown.start,
        "GET /andrad": lambda: Response(file.version, mimetype="text/plain"),
        "GET /bevaka.mjs": watching,
        "POST /borja-om": shown.begin,
        "GET /delar": shown.parts,
        "GET /kontrollera": shown.check,
        "POST /kontrollera": shown.send,
        "GET /<slug>": shown.ask,
        "POST /<slug>": shown.answer,
        "GET /<slug>/ny": shown.new_item,
        "GET /<slug>/<id>": shown.ask_item,
        "POST /<slug>/<id>": shown.answer_item,
        "GET /<slug>/<id>/ta-bort": shown.ask_to_remove,
        "POST /<slug>/<id>/ta-bort": shown.remove,
    }


class _Preview:
    def __init__(self, file: FormFile, house: PreviewHouse) -> None:
        self._file, self._house = file, house

    def start(self) -> ResponseReturnValue:
        form = self._file.form
        if form is None:
            return mistakes(self._file)
        return see_other("/delar" if form.parts else f"/{form.steps[0].slug}")

    def begin(self) -> Response:
        self._file.begin()
        return see_other("/")

    def parts(self) -> ResponseReturnValue:
        return mistakes(self._file) if self._file.form is None else self._views().parts()

    def ask(self, slug: str) -> ResponseReturnValue:
        if self._file.form is None:
            return mistakes(self._file)
        form, step = self._found(slug)
        if step not in visible_steps(form, self._file.answers):
            return see_other("/")
        group = step.items
        if group is None:
            return self._views().ask(step)
        if group.need is Need.HARD and not any(items_of(self._file.answers.get(group.id))):
            return self.new_item(slug)
        return self._views().items(step)

    def answer(self, slug: str) -> ResponseReturnValue:
        form, step = self._found(slug)
        if step.items is not None:
            return self._answer_list(form, step)
        later = "later" in request.form
        checked = check_step(form, step, _posted(), self._file.answers, self._today, half_done=later)
        if checked.foreign:
            abort(400)
        self._file.keep(checked.answers)
        if checked.problems:
            return self._views().ask(step, _posted(), checked.problems), 422
        if checked.stay is not None:
            return see_other(own_paths().step(slug, checked.stay))
        return self._onward(form, step)

    def _answer_list(self, form: Form, step: Step) -> ResponseReturnValue:
        onward = check_more(step, _posted(), self._file.answers)
        if onward.foreign:
            abort(400)
        if onward.problem is not None:
            return self._views().items(step, onward.problem), 422
        return self.new_item(step.slug) if onward.more else self._onward(form, step)

    def new_item(self, slug: str) -> Response:
        id = "".join(secrets.choice(_ID) for _ in range(8))
        return see_other(own_paths().item(slug, id))

    def ask_item(self, slug: str, id: str) -> ResponseReturnValue:
        if self._file.form is None:
            return mistakes(self._file)
        return self._views().item(self._found_item(slug, id), id)

    def answer_item(self, slug: str, id: str) -> ResponseReturnValue:
        step = self._found_item(slug, id)
        posted, later, form = _posted(), "later" in request.form, self._whole()
        checked = check_item(form, step, id, posted, self._file.answers, today=self._today, half_done=later)
        if checked.foreign:
            abort(400)
        self._file.keep(checked.answers)
        if checked.problems:
            return self._views().item(step, id, posted, checked.problems), 422
        stay = checked.stay
        return see_other(own_paths().item(slug, id, stay) if stay is not None else own_paths().step(slug))

    def ask_to_remove(self, slug: str, id: str) -> ResponseReturnValue:
        step = self._found_item(slug, id)
        if find_item(step, self._file.answers, id) is None:
            return see_other(own_paths().step(slug))
        return self._views().ask_to_remove(step, id)

    def remove(self, slug: str, id: str) -> Response:
        self._file.keep(without_item(self._found_item(slug, id), self._file.answers, id))
        return see_other(own_paths().step(slug))

    def check(self) -> ResponseReturnValue:
        return mistakes(self._file) if self._file.form is None else self._views().check()

    def send(self) -> ResponseReturnValue:
        attested, problems = check_attested(self._whole(), self._file.answers, _posted())
        if problems or remaining(self._whole(), self._file.answers):
            return self._views().check(problems), 422
        return render_template("sent.html", attested=sorted(attested))

    def _onward(self, form: Form, step: Step) -> Response:
        if own_paths().checking:
            return see_other("/kontrollera")
        if "later" in request.form:
            return see_other("/")
        follow = next_in_part if form.parts else next_step
        following = follow(form, self._file.answers, step)
        if following is not None:
            return see_other(f"/{following.slug}")
        return see_other("/delar" if form.parts else "/kontrollera")

    def _found(self, slug: str) -> tuple[Form, Step]:
        form = self._whole()
        step = form.step(slug)
        return (form, step) if step and not step.closes else abort(404)

    def _found_item(self, slug: str, id: str) -> Step:
        _, step = self._found(slug)
        return step if step.items and may_be_item(step, self._file.answers, id) else abort(404)

    def _whole(self) -> Form:
        return self._file.form or abort(404)

    def _views(self) -> Views:
        return Views(self._whole(), self._file.answers, self._today)

    @property
    def _today(self) -> date:
        return local_date(self._house.clock.now())


def _posted() -> Posted:
    return {name: values for name, values in request.form.lists() if name not in _OURS}
