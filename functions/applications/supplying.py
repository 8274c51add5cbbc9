"""What is sent to a supplement, as a service of its own: each item is a page with files and words, kept until then.

In its addresses stands the supplement: which draft that is now, for whom it is, and whether it is open is looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.applications.residents import residents_only
from shared.app import house
from shared.domain.ids import FileId, ItemId, is_id
from shared.domain.principals import Kind
from shared.domain.received_files import FileState
from shared.domain.supplements import LONGEST_ANSWER, Standing, Supplement
from shared.ports.store import Conflict, NotFound
from shared.records.drafts import SUPPLY, Draft, supplier
from shared.serving.attaching import INPUT, Attaching, asked, received
from shared.serving.served import Served
from shared.web import allow_sending, gettext, language, principal, read_form, see_other, takes_files

if TYPE_CHECKING:
    from shared.formkit.definition import Form, Step
    from shared.records.own_supplements import OwnSupplement

PREFIX: Final = "/ansok/komplettering"
_TRIES: Final = 4
_BEGIN: Final = frozenset({"supplement_items.save", "supplement_uploading.announce"})
_MORE, _REMOVE = "ladda", "ta-bort"


class NotTaken(Exception):
    """Nothing can be sent to it any more; what was asked for is still told."""

    def __init__(self, found: "OwnSupplement") -> None:
        super().__init__(found.supplement.id)
        self.found = found


def own(id: str) -> "OwnSupplement":
    """The viewer's own supplement; everybody else's is 404."""
    return (house().own_supplements.open(principal(), ItemId(id)) if is_id(id) else None) or abort(404)


def find(id: str) -> Draft:
    """What the viewer has filled in and not sent; begun by the first words or file. Raises `NotTaken`."""
    found = own(id)
    if not found.open:
        raise NotTaken(found)
    desk = house().own_supplements
    if request.endpoint in _BEGIN:
        return desk.begin(principal(), found.supplement)
    return desk.draft(principal(), found.supplement) or _blank(found.supplement)


def _blank(supplement: Supplement) -> Draft:
    """What there is before anything is written: looking makes nothing."""
    from shared.domain.ids import DraftId, KeyId

    now = house().clock.now()
    return Draft(DraftId(""), 0, SUPPLY, supplier(principal()), KeyId(""), supplement.id, "1", now, now)


def _form(draft: Draft) -> "Form":
    """Each item as a page with a question for files."""
    from shared.domain.retention import Retention
    from shared.formkit.definition import Field, FieldType, Form, Step

    found = own(draft.form)
    hint = dict.fromkeys(("sv", "en"), gettext("Bilder, PDF eller dokument, högst 20 MB var och tio stycken."))
    steps = tuple(
        Step(one.id, one.id, one.name, one.name, (Field(one.id, FieldType.FILES, one.name, hint=hint),))
        for one in found.supplement.items
    )
    title, day = {"sv": "Komplettering", "en": "Supplement"}, house().clock.now().date()
    return Form(draft.form, 1, "komplettering", title, day, Retention.DRAFTS, "FL 20 §", steps)


@dataclass(frozen=True, slots=True)
class Supplying(Served):
    """The service; see `Served`."""


SERVED: Final = Supplying(
    prefix=PREFIX,
    kind=Kind.RESIDENT,
    find=find,
    kept=find,
    form=_form,
    frame="application_frame.html",
    files="supplement_item.html",
    guard=residents_only,
    name="supplement_",
)


class ItemPages(Attaching):
    """The page of one item: its files, words, and whether it can not be had."""

    def pages(self) -> Blueprint:
        """`supplement_items`: one item, shown and saved."""
        found = Blueprint("supplement_items", __name__, url_prefix=f"{PREFIX}/utkast/<id>/<slug>")
        found.before_request(self._theirs_only)
        found.get("", endpoint="show")(self.listed)
        found.post("/filer", endpoint="save")(takes_files(partial(self.attach)))
        found.get("/filer", endpoint="back")(self.back)
        return found

    def _theirs_only(self) -> Response | None:
        """Words are kept for who has been logged out, as on every page; files alone are asked for again."""
        posted = request.method == "POST" and request.form.get("words", "").strip()
        if posted and principal().kind is Kind.ANONYMOUS:
            return residents_only()
        return super()._theirs_only()

    def listed(self, id: str, slug: str) -> ResponseReturnValue:  # type: ignore[override]
        """The item with what is filled in."""
        draft = find(id)
        step, _ = asked(self._served, draft, slug)
        return self.shown(draft, step)

    def back(self, id: str, slug: str) -> Response:
        """The item itself, for whoever goes back to where files were posted."""
        asked(self._served, find(id), slug)
        return see_other(url_for("supplement_items.show", id=id, slug=slug))

    def attach(self, id: str, slug: str) -> ResponseReturnValue:
        """Save words and files, whichever button was pressed, and go on (303), or say what to put right (422)."""
        form = read_form(one=(INPUT, _MORE, _REMOVE, "words", "cannot"))
        if set(request.files) - {INPUT}:
            raise BadRequest
        draft = find(id)
        step, question = asked(self._served, draft, slug)
        words, cannot = form.text("words"), form.text("cannot") == "yes"
        over = len(words) - LONGEST_ANSWER
        if gone := form.text(_REMOVE):
            draft = house().attachments.remove(draft, FileId(gone))
        problems = list(received(draft, question))
        errors = {INPUT if n == 0 else f"{INPUT}-{n + 1}": said for n, said in enumerate(problems)}
        if over > 0:
            errors["words"] = gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over)
        else:
            self._write(id, slug, words, cannot=cannot)
        staying = form.text(_MORE) or gone
        if cannot and not words and not staying:
            errors["words"] = gettext("Skriv varför du inte kan få fram det")
        if errors:
            return self.shown(find(id), step, errors, words if over > 0 else None), 422
        if staying:
            return see_other(url_for("supplement_items.show", id=id, slug=slug))
        return see_other(url_for("supplement.show", id=id, tomt=None if _filled(find(id), slug) else slug))

    def shown(self, draft: Draft, step: "Step", errors: Mapping[str, str] = {}, typed: str | None = None) -> str:
        """The item as it is filled in, or with what was typed and why it is not saved."""
        from shared.formkit.page import page
        from shared.records.own_supplements import written

        allow_sending()
        id, form = draft.form, self._served.form(draft)
        here = form.step(step.slug) or step
        found = own(id)
        item = next(one for one in found.supplement.items if one.id == step.id)
        words, cannot = written(draft.answers, step.id)
        states = {one.id: one.file.state for one in house().attachments.of(draft.id)} if draft.rev else {}
        return render_template(
            self._served.files,
            item=item,
            unit=found.unit,
            enough=item.standing is Standing.ENOUGH,
            q=page(form, here, draft.answers, language()).questions[0],
            words=words if typed is None else typed,
            cannot=cannot,
            limit=LONGEST_ANSWER,
            errors=errors,
            lost="utan" in request.args,
            back=url_for("supplement.show", id=id),
            action=url_for("supplement_items.save", id=id, slug=step.slug),
            parts=url_for("supplement_uploading.announce", id=id, slug=step.slug),
            pending={id for id, state in states.items() if state is FileState.PENDING},
            stopped={id for id, state in states.items() if state is FileState.REFUSED},
        )

    def _write(self, id: str, item: str, words: str, *, cannot: bool) -> None:
        """Save the words beside the files; anew when a file came at the same time."""
        from shared.records.own_supplements import writing

        for _ in range(_TRIES):
            draft = find(id)
            answers = writing(draft.answers, item, words, cannot=cannot)
            if answers == dict(draft.answers):
                return
            try:
                house().drafts.save(draft, answers)
            except (Conflict, NotFound):
                continue
            return
        raise Conflict("drafts")


def _filled(draft: Draft, item: str) -> bool:
    """Whether anything waits to be sent for that item."""
    from shared.records.own_supplements import supplied

    return any(one.item == item for one in supplied(own(draft.form).supplement, draft.answers))


ITEMS: Final = ItemPages(SERVED)
