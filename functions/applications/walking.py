"""Answering: one question at a time, an item on a page of its own, saved with every answer."""

from typing import TYPE_CHECKING, Final

from flask import Response
from flask.typing import ResponseReturnValue

from functions.applications.served import SERVED

if TYPE_CHECKING:
    from shared.formkit.definition import Step
    from shared.serving.walking import Walk

pages: Final = SERVED.blueprint("walking")


@pages.get("/delar")
def parts(id: str) -> ResponseReturnValue:
    """The parts and how far each has come."""
    return _walk(id).parts()


@pages.get("/<slug>")
def ask(id: str, slug: str) -> ResponseReturnValue:
    """One question, the files of one, or the items that there are."""
    walk, step = _at(id, slug)
    return walk.ask(step)


@pages.post("/<slug>")
def answer(id: str, slug: str) -> ResponseReturnValue:
    """Save the answer and go on (303), or say what to put right (422)."""
    walk, step = _at(id, slug)
    return walk.answer(step)


@pages.get("/<slug>/ny")
def new_item(id: str, slug: str) -> Response:
    """To the page of a new item."""
    walk, step = _at(id, slug)
    return walk.new_item(step)


@pages.get("/<slug>/<item>")
def ask_item(id: str, slug: str, item: str) -> str:
    """One item."""
    walk, step = _at(id, slug)
    return walk.ask_item(step, item)


@pages.post("/<slug>/<item>")
def answer_item(id: str, slug: str, item: str) -> ResponseReturnValue:
    """Save the item and go back to the list (303), or say what to put right (422)."""
    walk, step = _at(id, slug)
    return walk.answer_item(step, item)


@pages.get("/<slug>/<item>/ta-bort")
def ask_to_remove(id: str, slug: str, item: str) -> ResponseReturnValue:
    """Ask before an item is taken away."""
    walk, step = _at(id, slug)
    return walk.ask_to_remove(step, item)


@pages.post("/<slug>/<item>/ta-bort")
def remove(id: str, slug: str, item: str) -> Response:
    """The item is gone."""
    walk, step = _at(id, slug)
    return walk.remove(step, item)


def _walk(id: str) -> "Walk":
    from shared.serving.walking import walk

    return walk(SERVED, id)


def _at(id: str, slug: str) -> "tuple[Walk, Step]":
    found = _walk(id)
    return found, SERVED.step(found.draft, slug)
