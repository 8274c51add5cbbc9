"""Drafts that wait: what is saved and how to come back, and how one is deleted."""

from flask import Blueprint, Response, render_template

from shared.records.drafts import Draft
from shared.serving.served import Served, forget
from shared.web import read_form, see_other


class KeptDrafts:
    """The pages for the drafts of one service, also for those whose form can not be sent any more."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def join(self, pages: Blueprint) -> None:
        """The pages, among those of `pages`."""
        pages.get("/utkast/<id>/sparat", endpoint="saved")(self.saved)
        pages.get("/utkast/<id>/ta-bort", endpoint="ask_to_delete")(self.ask_to_delete)
        pages.post("/utkast/<id>/ta-bort", endpoint="delete")(self.delete)

    def saved(self, id: str) -> str:
        """What is saved, until when, and how to come back."""
        return self._page("saved.html", self._served.kept(id))

    def ask_to_delete(self, id: str) -> str:
        """Ask before the draft goes."""
        return self._page("delete.html", self._served.kept(id))

    def delete(self, id: str) -> Response:
        """The draft and its files are gone with their keys."""
        read_form(one=())
        draft = self._served.kept(id)
        forget(draft)
        return see_other(self._served.away(draft))

    def _page(self, template: str, draft: Draft) -> str:
        return render_template(template, frame=self._served.frame, draft=draft, away=self._served.away(draft))
