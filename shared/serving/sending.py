"""The end of a walk: everything that will be sent, and sending it once, however often that is pressed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from shared.app import house
from shared.ports.store import Conflict
from shared.records.drafts import Draft
from shared.serving.own_drafts import AlreadySent
from shared.serving.served import Served
from shared.web import see_other
from shared.web.kept import kept_fields

if TYPE_CHECKING:
    from shared.formkit.definition import Form
    from shared.formkit.repeats import Posted
    from shared.records.submissions import Sent

CHECKED: Final = "checked"
"""Which saved draft the person had before them when pressing the button."""
_NEW_QUESTIONS: Final = "fragor"
_CHANGED: Final = "1"


@dataclass(frozen=True, slots=True)
class Sending:
    """How one service sends what its drafts hold.

    `page` shows everything that will be sent, and what is missing. `deliver` hands it in, with what was posted beside
    `CHECKED`, or answers why not; it may raise `Incomplete` and `Conflict`. `receipt` gives the address of what it
    became. `closing` names the fields that are posted with the button. `late` is the service's own answer to what
    comes after the draft was sent.
    """

    served: Served
    page: Callable[[Draft], str]
    deliver: "Callable[[Draft, Posted], Sent | ResponseReturnValue]"
    receipt: Callable[[str], str]
    closing: Callable[[Draft], Collection[str]] = lambda _draft: ()
    late: Callable[[AlreadySent], ResponseReturnValue] | None = None

    def pages(self) -> Blueprint:
        """`sending`: the check, and the button's own address."""
        found = self.served.blueprint("sending")
        found.get("/kontrollera", endpoint="check")(self.check)
        found.post("/skicka", endpoint="send")(self.send)
        found.app_errorhandler(AlreadySent)(self.late or self.already_sent)
        return found

    def check(self, id: str) -> str:
        """Everything that will be sent, and what is missing."""
        return self.page(self.served.find(id))

    def send(self, id: str) -> ResponseReturnValue:
        """Send what was checked and lead to its receipt (303), or say what is missing (422).

        A draft that was changed since it was shown, or whose form has a new version, is looked through first.
        """
        try:
            draft = self.served.find(id)
        except AlreadySent as before:
            return see_other(self.receipt(before.receipt))
        posted, form = self._posted(draft), self.served.form(draft)
        if posted.pop(CHECKED, [""]) != [str(draft.rev)]:
            return _look_again(draft, _CHANGED)
        if draft.version != str(form.version):
            return _asked_anew(draft, form)
        return self._delivered(draft, posted)

    def already_sent(self, sent: AlreadySent) -> ResponseReturnValue:
        """The draft has been sent: the way to what it became, and what was typed since."""
        kept = kept_fields() if request.method == "POST" else []
        shown = render_template(
            "already_sent.html", frame=self.served.frame, receipt=self.receipt(sent.receipt), kept=kept
        )
        return shown, 409 if request.method == "POST" else 200

    def _posted(self, draft: Draft) -> "dict[str, Sequence[str]]":
        from shared.serving.walking import posted

        sent = dict(posted())
        if set(sent) - {CHECKED, *self.closing(draft)} or any(len(values) > 1 for values in sent.values()):
            raise BadRequest
        return sent

    def _delivered(self, draft: Draft, posted: "Posted") -> ResponseReturnValue:
        from shared.formkit.snapshot import Incomplete
        from shared.records.submissions import Sent

        try:
            sent = self.deliver(draft, posted)
        except Incomplete:
            return self.page(draft), 422
        except Conflict:
            return _look_again(draft, _CHANGED)
        return see_other(self.receipt(sent.result)) if isinstance(sent, Sent) else sent


def changed() -> str | None:
    """Why the check is shown again, for `form/changed.html`: the draft was changed, or the questions were."""
    return request.args.get("andrad")


def _asked_anew(draft: Draft, form: "Form") -> Response:
    """The form has a new version since the draft was begun: what still fits is kept, and looked through first."""
    house().drafts.save(replace(draft, version=str(form.version)), draft.answers)
    return _look_again(draft, _NEW_QUESTIONS)


def _look_again(draft: Draft, why: str) -> Response:
    return see_other(url_for("sending.check", id=draft.id, andrad=why))
