"""Reviewing a note before the person it is about may read it: consider, see what will be read, decide."""

import re
from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import note_words, note_writing, review_words, words
from functions.casework.access import case_or_404, demand_same, submission
from functions.casework.facts import person_name
from functions.casework.journal_pages import opened
from shared.app import house
from shared.domain import journaling, releasing, secrecy_law
from shared.domain.broken_rules import AlreadyDone, Incomplete
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.ids import ItemId
from shared.domain.masking import passages
from shared.domain.notes import Note
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, Review, ReviewCheck
from shared.web import Form, gettext, principal, read_form, see_other

pages = Blueprint("review", __name__, url_prefix="/arbete/arende/<id>/journal/<note>/lamna-ut")
_SIGN: Final = "sign"
_EDIT: Final = "edit"
_CHECK: Final = "check"
_SEEN: Final = re.compile(r"([0-9]{1,3})\.([0-9]{1,9})")


@pages.get("")
def ask(id: str, note: str) -> str:
    """What there is to consider, with what was decided before."""
    case = _writable(id)
    one, stands = opened(id, note)
    return _page(case, one, stands, _before(one, stands))


@pages.post("")
def decide(id: str, note: str) -> ResponseReturnValue:
    """What will be read, to look through, or what to put right (422); signed it stands (303 to the note)."""
    form = read_form(one=("result", "ground", "reason", "seen", "go"), many=("checks", "keep"))
    case = _writable(id)
    one, stands = opened(id, note)
    if form.text("go") not in {_CHECK, _SIGN, _EDIT}:
        abort(400)
    additions, revision = _read_seen(form.text("seen"))
    said = _said(form, one, additions)
    if form.text("go") == _EDIT:
        return _page(case, one, stands, said)
    try:
        if form.text("go") != _SIGN:
            return _check(case, one, _tried(case, one, stands, said), form)
        once = submission(case=id, note=note, said=sent(said))
        title = note_writing.own_title()
        done = house().journal.review(
            principal(), case.id, ItemId(note), said, seen=revision, title=title, submission=once
        )
    except Incomplete as lacking:
        if "changed" in lacking.fields:
            raise AlreadyDone("the note was added to") from lacking
        return _page(case, one, stands, said, review_words.missing(lacking.fields)), 422
    demand_same(done)
    return see_other(url_for("journal.read", id=id, note=note))


def _writable(id: str) -> Case:
    case = case_or_404(id)
    journaling.demand_writer(case, principal())
    return case


def _tried(case: Case, one: Note, stands: Review | None, said: Considered) -> Review:
    """The review as it would stand; raises what stands in its way."""
    now = house().clock.now()
    change = releasing.review(case, one, stands, said, title="", by=principal(), now=now)
    (review,) = change.items
    if not isinstance(review, Review):
        raise TypeError(type(review))
    return review


def _before(one: Note, stands: Review | None) -> Considered:
    """What the form begins with: the review that stands, so far as it still fits, and never its checks."""
    if stands is None or releasing.stale(one, stands):
        return Considered(None, frozenset(), len(one.additions))
    return Considered(stands.result, frozenset(), len(one.additions), stands.ground, stands.reason, stands.kept)


def _said(form: Form, one: Note, additions: int) -> Considered:
    parts = passages(releasing.reviewed_text(one))
    chosen = {number for number in form.many("keep") if number.isdecimal() and number.isascii()}
    numbers = [number for number in range(len(parts)) if str(number) in chosen]
    if len(numbers) < len(chosen):
        abort(400)
    result = form.text("result")
    return Considered(
        Result(result) if result in set(Result) else None,
        frozenset(one for one in ReviewCheck if one.value in form.many("checks")),
        additions,
        form.text("ground"),
        form.text("reason"),
        tuple(parts[number] for number in numbers),
    )


def sent(said: Considered) -> dict[str, Any]:
    """What was posted, alike in every process: a set has another order in each."""
    return {**asdict(said), "checks": sorted(said.checks)}


def _seen(one: Note, stands: Review | None) -> str:
    """What was shown: how much of the note, and which review stood."""
    return f"{len(one.additions)}.{stands.rev if stands else 0}"


def _read_seen(seen: str) -> tuple[int, int]:
    found = _SEEN.fullmatch(seen) or abort(400)
    return int(found[1]), int(found[2])


def _page(case: Case, one: Note, stands: Review | None, said: Considered, errors: dict[str, str] | None = None) -> str:
    text, allowed = releasing.reviewed_text(one), releasing.possible(one)
    today = local_date(house().clock.now())
    return render_template(
        "review.html",
        errors=errors or {},
        results=[
            {"value": result.value, "text": gettext(title), "hint": gettext(hint)}
            for result, (title, hint) in review_words.RESULTS.items()
            if result in allowed
        ],
        barred=len(allowed) < len(Result),
        only_withheld=allowed == (Result.WITHHELD,),
        checks=[{"value": check.value, "text": gettext(label)} for check, label in review_words.CHECKS.items()],
        passages=[
            {"value": str(number), "text": text[start:stop], "kept": (start, stop) in said.kept}
            for number, (start, stop) in enumerate(passages(text))
        ],
        grounds=[
            {"value": ground.code, "text": f"{gettext(review_words.GROUNDS[ground.code])} ({ground.law})"}
            for ground in secrecy_law.in_force(today)
        ],
        said=said,
        limit=releasing.LONGEST_REASON,
        **_frame(case, one, stands),
    )


def _check(case: Case, one: Note, review: Review, form: Form) -> str:
    carried = [(name, form.text(name)) for name in ("result", "ground", "reason", "seen")]
    carried += [(name, value) for name in ("checks", "keep") for value in form.many(name)]
    return render_template(
        "review_check.html",
        result=review.result,
        shown=review.shown.text if review.shown else "",
        law=review_words.law(review),
        reason=review.reason,
        carried=carried,
        **_frame(case, one, None),
    )


def _frame(case: Case, one: Note, stands: Review | None) -> dict[str, Any]:
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "name": gettext("Pröva att lämna ut"),
        "clock": None,
        "note": note_words.note(one, stands, house().clock.now()),
        "seen": _seen(one, stands),
        "here": url_for("review.ask", id=case.id, note=one.id),
        "back_to": url_for("journal.read", id=case.id, note=one.id),
    }
