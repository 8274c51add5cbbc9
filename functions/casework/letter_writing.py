"""Writing a letter: choose to whom, fill in, keep as a draft, read it as it will be read, send it once."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import invitation_forms, letter_forms, register_words, words
from functions.casework.access import case_or_404, demand_same, submission
from functions.casework.begun_letters import Writing, begun, href, kind_or_404, opened, page_frame, unasked
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import LATER, Overtaken, by_itself, kept_by_itself
from shared.app import house
from shared.domain.booking.bookings import SlotTaken
from shared.domain.inviting import Post
from shared.domain.letters import Addressed, How
from shared.formkit.check import Checked
from shared.formkit.lacking import remaining
from shared.formkit.submission import submission as counted
from shared.records.drafts import Draft
from shared.records.letters import Addressees
from shared.web import (
    allow_sending,
    gettext,
    language,
    local_text,
    posted_submission_id,
    principal,
    read_form,
    see_other,
)
from shared.web.words import moment

CHECKED: Final = "yes"


def write(id: str, kind: str) -> ResponseReturnValue:
    """The questions with what is saved, or with what is known already."""
    writing = begun(id, kind)
    return _page(writing, writing.asked.draft())


def save(id: str, kind: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    if by_itself():
        form = unasked(case_or_404(id), kind_or_404(kind))
        return kept_by_itself(form, form.draft())
    writing = begun(id, kind)
    try:
        draft, checked = writing.asked.save(writing.asked.draft())
    except Overtaken as overtaken:
        return overtaken_page(writing.asked, overtaken, page_frame(writing))
    if request.form.get("go") == LATER and not checked.problems:
        return see_other(href("letters.write", writing))
    if more := writing.asked.all_problems(checked, writing.problems(draft.answers)):
        return _page(writing, draft, replace(checked, problems=more)), 422
    if writing.lacks_time(draft.answers):
        return see_other(url_for("letters.times", id=id))
    return see_other(href("letters.check", writing))


def check(id: str, kind: str) -> ResponseReturnValue:
    """The letter as each recipient will read it."""
    writing = begun(id, kind)
    draft = writing.asked.draft()
    if draft is None or remaining(writing.asked.form, draft.answers) or writing.problems(draft.answers):
        return see_other(href("letters.write", writing))
    if writing.lacks_time(draft.answers):
        return see_other(url_for("letters.times", id=id))
    return _read_through(writing, draft, {})


def send(id: str, kind: str) -> ResponseReturnValue:
    """Send what was read through, once (303 to the case's letters); say what is missing (422)."""
    form = read_form(one=("seen", "checked"))
    posted_submission_id()
    slug = kind_or_404(kind)
    writing = opened(case_or_404(id), slug)
    draft = writing.asked.draft()
    if draft is None:
        return see_other(url_for("letters.show", id=id))
    if remaining(writing.asked.form, draft.answers) or writing.problems(draft.answers):
        return see_other(href("letters.write", writing))
    letters = writing.letters(draft.answers)
    if form.text("seen") != _seen(draft, letters):
        return see_other(href("letters.check", writing, andrad="1"))
    if form.text("checked") != CHECKED:
        return _read_through(writing, draft, {"checked": gettext("Kryssa i att du har prövat sekretessen")}), 422
    if slug is invitation_forms.KIND:
        return _invite(writing, draft, letters)
    said = counted(writing.asked.form, draft.answers)
    demand_same(
        house().letters.send(
            principal(),
            writing.case.id,
            slug,
            letters,
            How(str(said["how"])),
            plan=str(said.get("plan", "")),
            submission=submission(case=id, kind=kind, answers=dict(draft.answers)),
            draft=draft,
            promised=letter_forms.promised(said),
        )
    )
    return see_other(url_for("letters.show", id=id))


def _invite(writing: Writing, draft: Draft, letters: Sequence[Addressed]) -> ResponseReturnValue:
    """Send the invitation (303 to the case's meetings); a time that is gone is asked for again."""
    id, said = writing.case.id, writing.with_slot(draft.answers)
    wanted = invitation_forms.wanted(said, invitation_forms.chosen_slot(said))
    post = Post(letters[0], How(str(said["how"])), str(said.get("plan", "")))
    once = submission(case=id, kind=writing.kind.value, answers=dict(draft.answers))
    if writing.lacks_time(draft.answers):
        return see_other(url_for("letters.times", id=id, tagen="1"))
    try:
        demand_same(house().inviting.invite(principal(), id, wanted, post, submission=once, draft=draft))
    except SlotTaken:
        return see_other(url_for("letters.times", id=id, tagen="1"))
    return see_other(url_for("invitations.show", id=id))


def _page(writing: Writing, draft: Draft | None, checked: Checked | None = None) -> str:
    allow_sending()  # it keeps itself while somebody writes
    form = writing.asked.form
    known = letter_forms.prefilled(writing.kind, writing.case, writing.naming)
    answers = draft.answers if draft else letter_forms.for_form(form, known)
    return render_template(
        "letter_write.html",
        page=writing.asked.page(answers, checked),
        draft=draft,
        saved_by=words.staff_name(draft.saved_by) if draft else "",
        errors={one.name: one.text[language()] for one in (checked.problems if checked else ())},
        said=_said(writing.found),
        **page_frame(writing),
    )


def _read_through(writing: Writing, draft: Draft, errors: dict[str, str]) -> str:
    answers, letters = counted(writing.asked.form, draft.answers), writing.letters(draft.answers)
    return render_template(
        "letter_check.html",
        letters=letters,
        seen=_seen(draft, letters),
        relations=letter_forms.RELATIONS,
        how=answers.get("how"),
        plan=answers.get("plan"),
        draft=draft,
        changed="andrad" in request.args,
        errors=errors,
        **page_frame(writing),
    )


def _seen(draft: Draft, letters: Sequence[Addressed]) -> str:
    """What was read through: the draft, to whom its letters go by what the register said then, and who is named."""
    to = [
        (one.recipient.index, one.recipient.forward, one.recipient.confirmed, one.text.sender["name"])
        for one in letters
    ]
    return f"{draft.rev}-{sha256(repr(to).encode()).hexdigest()[:16]}"


def _said(found: Addressees) -> dict[str, Any]:
    reply = found.reply
    return {
        "silence": register_words.silence(reply.outcome) if reply.family is None else None,
        "protected": reply.family is not None and reply.family.protected,
        "doubts": register_words.doubts(reply.doubts),
        "source": local_text(house().register.source),
        "at": moment(reply.at, language(), house().clock.now()),
        "nobody": not found.known,
    }
