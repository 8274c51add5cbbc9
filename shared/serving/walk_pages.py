"""The addresses of a walk through a declared form: a page for each question, and for parts and items."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from shared.serving.served import Served

if TYPE_CHECKING:
    from shared.formkit.definition import Step
    from shared.serving.walking import Walk


class Walking:
    """The pages on which one service asks. The engine is read when the first question is."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def questions(self) -> Blueprint:
        """`walking`: one question at a time."""
        found = self._served.blueprint("walking")
        found.get("/<slug>", endpoint="ask")(self.ask)
        found.post("/<slug>", endpoint="answer")(self.answer)
        return found

    def parts(self) -> Blueprint:
        """`parts`: the list of parts, and a page for each item of a group, for forms that have them."""
        found = self._served.blueprint("parts")
        found.get("/delar", endpoint="listed")(self.listed)
        found.get("/<slug>/ny", endpoint="new_item")(self.new_item)
        found.get("/<slug>/<item>", endpoint="ask_item")(self.ask_item)
        found.post("/<slug>/<item>", endpoint="answer_item")(self.answer_item)
        found.get("/<slug>/<item>/ta-bort", endpoint="ask_to_remove")(self.ask_to_remove)
        found.post("/<slug>/<item>/ta-bort", endpoint="remove")(self.remove)
        return found

    def ask(self, id: str, slug: str) -> ResponseReturnValue:
        """One question, the files of one, or the items that there are."""
        walk, step = self._at(id, slug)
        return walk.ask(step)

    def answer(self, id: str, slug: str) -> ResponseReturnValue:
        """Save the answer and go on (303), or say what to put right (422)."""
        walk, step = self._at(id, slug)
        return walk.answer(step)

    def listed(self, id: str) -> str:
        """The parts and how far each has come."""
        return self._walk(id).parts()

    def new_item(self, id: str, slug: str) -> Response:
        """To the page of a new item."""
        walk, step = self._at(id, slug)
        return walk.new_item(step)

    def ask_item(self, id: str, slug: str, item: str) -> ResponseReturnValue:
        """One item."""
        walk, step = self._at(id, slug)
        return walk.ask_item(step, item)

    def answer_item(self, id: str, slug: str, item: str) -> ResponseReturnValue:
        """Save the item and go back to the list (303), or say what to put right (422)."""
        walk, step = self._at(id, slug)
        return walk.answer_item(step, item)

    def ask_to_remove(self, id: str, slug: str, item: str) -> ResponseReturnValue:
        """Ask before an item is taken away."""
        walk, step = self._at(id, slug)
        return walk.ask_to_remove(step, item)

    def remove(self, id: str, slug: str, item: str) -> ResponseReturnValue:
        """The item is gone."""
        walk, step = self._at(id, slug)
        return walk.remove(step, item)

    def _walk(self, id: str) -> "Walk":
        from shared.serving.walking import walk

        return walk(self._served, id)

    def _at(self, id: str, slug: str) -> "tuple[Walk, Step]":
        found = self._walk(id)
        return found, self._served.step(found.draft, slug)
