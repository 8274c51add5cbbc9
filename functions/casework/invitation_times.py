"""The free times of a meeting that staff book for somebody: press one, and read the letter through."""

from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import invitation_forms
from functions.casework.begun_letters import Writing, begun, page_frame
from shared.app import house
from shared.domain import calendar
from shared.domain.booking.offer import Free
from shared.formkit.definition import Answer
from shared.formkit.lacking import remaining
from shared.formkit.submission import submission as counted
from shared.records.drafts import Draft
from shared.web import language, local_text, principal, read_form, see_other
from shared.web.words import clock_time

_DAYS: Final = 7


def choose(id: str) -> ResponseReturnValue:
    """The next days with free times."""
    writing = begun(id, invitation_forms.KIND.value)
    draft = _ready(writing)
    days = _days(writing, draft)
    return render_template(
        "invitation_times.html",
        shown=days[:_DAYS],
        later=days[_DAYS][0] if len(days) > _DAYS else None,
        taken="tagen" in request.args,
        times_href=url_for("letters.times", id=id),
        meeting=local_text(house().offer.meetings[invitation_forms.terms(_said(writing, draft)).service].name),
        **page_frame(writing),
    )


def keep(id: str) -> ResponseReturnValue:
    """Keep the pressed time in the draft, and go on to read the letter (303); one that is gone is asked for again."""
    writing = begun(id, invitation_forms.KIND.value)
    start = _instant(read_form(one=("start",)).text("start")) or abort(400)
    draft = _ready(writing)
    answers = {**draft.answers, invitation_forms.SLOT: start.isoformat()}
    if invitation_forms.chosen_slot({**_said(writing, draft), invitation_forms.SLOT: start.isoformat()}) is None:
        return see_other(url_for("letters.times", id=id, tagen="1"))
    house().drafts.save(draft, answers, str(principal().staff))
    return see_other(url_for("letters.check", id=id, kind=invitation_forms.KIND.value))


def _ready(writing: Writing) -> Draft:
    """The draft whose time is to be chosen; one that is not ready leads back to its questions."""
    draft = writing.asked.draft()
    back = see_other(url_for("letters.write", id=writing.case.id, kind=invitation_forms.KIND.value))
    if draft is None or remaining(writing.asked.form, draft.answers):
        abort(back)
    said = _said(writing, draft)
    if said.get("way") != invitation_forms.BOOK or any(invitation_forms.problems(writing.asked.form, said)):
        abort(back)
    return draft


def _said(writing: Writing, draft: Draft) -> dict[str, Answer]:
    return dict(counted(writing.asked.form, draft.answers))


def _days(writing: Writing, draft: Draft) -> list[tuple[date, list[dict[str, str]]]]:
    since = _day(request.args.get("fran"))
    free = house().inviting.free(invitation_forms.terms(_said(writing, draft)))
    later = [one for one in free if since is None or calendar.local_date(one.start) >= since]
    grouped = [(day, list(times)) for day, times in groupby(later, key=_day_of)]
    return [(day, [_start(one) for one in times]) for day, times in grouped]


def _day_of(one: Free) -> date:
    return calendar.local_date(one.start)


def _start(one: Free) -> dict[str, str]:
    return {"value": one.start.isoformat(), "text": clock_time(one.start, language())}


def _instant(text: str) -> datetime | None:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    return start.astimezone(UTC) if start.tzinfo and 2000 < start.year < 2200 else None  # noqa: PLR2004 - sane years


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
