"""Writing a letter: choose to whom, fill in, keep as a draft, read it as it will be read, send it once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import invitation_forms, invitation_words, letter_forms, own_name, register_words, words
from functions.casework.access import case_or_404, demand_same, file_or_404, submission
from functions.casework.facts import person_name
from functions.casework.letter_composing import addressed, recipients
from functions.casework.overtaken_pages import overtaken_page
from functions.casework.staff_forms import LATER, Overtaken, StaffForm, by_itself, kept_by_itself, posted
from shared.app import house
from shared.domain import calendar, lettering
from shared.domain.booking.bookings import SlotTaken
from shared.domain.broken_rules import OriginalMissing
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.decisions import Decision
from shared.domain.inviting import Post
from shared.domain.letters import IN_THE_CODE, Addressed, How, LetterKind, Recipient
from shared.domain.naming import Naming, in_letter
from shared.formkit.check import Checked
from shared.formkit.definition import Answers, Form, Problem
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


@dataclass(frozen=True, slots=True)
class Writing:
    """One kind of letter on its way in one case: what is asked, and what the register says to whom it may go.

    `naming` says whether its sender is named; `told` is the decision that it tells of.
    """

    kind: LetterKind
    case: Case
    found: Addressees
    asked: StaffForm
    naming: Naming
    told: Decision | None

    def problems(self, answers: Answers) -> tuple[Problem, ...]:
        """What does not go together; whom it may go to is asked only when nothing is missing."""
        form, said, whole = self.asked.form, counted(self.asked.form, answers), not remaining(self.asked.form, answers)
        wrong = tuple(letter_forms.problems(form, said, calendar.local_date(house().clock.now())))
        if self.kind is invitation_forms.KIND and whole and not wrong:
            wrong += tuple(invitation_forms.problems(form, said, recipients(self.case, said, self.found) or []))
        if self.naming is not Naming.NAMED:
            wrong += tuple(own_name.told(form, said, own_name.sent_fields(form)))
        if wrong or not whole or recipients(self.case, answers, self.found) is not None:
            return wrong
        return (letter_forms.another_person(form),)

    def letters(self, answers: Answers) -> list[Addressed]:
        """The letters that these answers make; none when the register contradicts them."""
        said = counted(self.asked.form, answers)
        to = recipients(self.case, said, self.found) or []
        more: tuple[Mapping[str, str], frozenset[str]] = ({}, frozenset())
        if self.kind is invitation_forms.KIND:
            more = invitation_words.known(self.case, self.with_slot(answers), self.naming)
        form, naming = self.asked.form, self.naming
        return addressed(self.kind, self.case, form, answers, to, naming=naming, told=self.told, more=more)

    def with_slot(self, answers: Answers) -> Answers:
        """The answers that count, and the time that was chosen."""
        slot = answers.get(invitation_forms.SLOT)
        return {**counted(self.asked.form, answers), **({invitation_forms.SLOT: slot} if slot else {})}

    def lacks_time(self, answers: Answers) -> bool:
        """Whether staff book the time and have not chosen one that is free."""
        said = self.with_slot(answers)
        books = self.kind is invitation_forms.KIND and said.get("way") == invitation_forms.BOOK
        return books and invitation_forms.chosen_slot(said) is None


def kind_or_404(slug: str) -> LetterKind:
    """The kind of letter, or no such page."""
    try:
        kind = LetterKind(slug)
    except ValueError:
        abort(404)
    return abort(404) if kind in IN_THE_CODE else kind


def write(id: str, kind: str) -> ResponseReturnValue:
    """The questions with what is saved, or with what is known already."""
    writing = begun(id, kind)
    return _page(writing, writing.asked.draft())


def save(id: str, kind: str) -> ResponseReturnValue:
    """Keep the draft; go on to read it through, or say what to put right (422). By itself: 204, or 409 in silence."""
    if by_itself():
        form = _unasked(case_or_404(id), kind_or_404(kind))
        return kept_by_itself(form, form.draft())
    writing = begun(id, kind)
    try:
        draft, checked = writing.asked.save(writing.asked.draft())
    except Overtaken as overtaken:
        return overtaken_page(writing.asked, overtaken, page_frame(writing))
    if request.form.get("go") == LATER and not checked.problems:
        return see_other(_href("letters.write", writing))
    if more := writing.asked.all_problems(checked, writing.problems(draft.answers)):
        return _page(writing, draft, replace(checked, problems=more)), 422
    if writing.lacks_time(draft.answers):
        return see_other(url_for("letters.times", id=id))
    return see_other(_href("letters.check", writing))


def check(id: str, kind: str) -> ResponseReturnValue:
    """The letter as each recipient will read it."""
    writing = begun(id, kind)
    draft = writing.asked.draft()
    if draft is None or remaining(writing.asked.form, draft.answers) or writing.problems(draft.answers):
        return see_other(_href("letters.write", writing))
    if writing.lacks_time(draft.answers):
        return see_other(url_for("letters.times", id=id))
    return _read_through(writing, draft, {})


def send(id: str, kind: str) -> ResponseReturnValue:
    """Send what was read through, once (303 to the case's letters); say what is missing (422)."""
    form = read_form(one=("seen", "checked"))
    posted_submission_id()
    slug = kind_or_404(kind)
    writing = _opened(case_or_404(id), slug)
    draft = writing.asked.draft()
    if draft is None:
        return see_other(url_for("letters.show", id=id))
    if remaining(writing.asked.form, draft.answers) or writing.problems(draft.answers):
        return see_other(_href("letters.write", writing))
    letters = writing.letters(draft.answers)
    if form.text("seen") != _seen(draft, letters):
        return see_other(_href("letters.check", writing, andrad="1"))
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


def begun(id: str, kind: str) -> Writing:
    """The page was asked for: the case file is opened, and so logged."""
    slug = kind_or_404(kind)
    return _opened(file_or_404(id, "letter_draft").case, slug)


def _unasked(case: Case, kind: LetterKind) -> StaffForm:
    """The letter for a browser that keeps it while somebody writes: nothing is shown, so the register is not asked.

    Whoever is chosen is kept as posted; the page, and the letter, take nobody that the register does not know.
    """
    lettering.demand_sendable(case, kind, principal(), local_date(house().clock.now()))
    chosen = posted().get(letter_forms.RECIPIENTS, [])
    return StaffForm(letter_forms.with_chosen(_form(case, kind, ()), chosen), case.id)


def _form(case: Case, kind: LetterKind, known: Sequence[Recipient]) -> Form:
    assessments = house().letters.assessments(case)
    form = letter_forms.questions(kind, known, plan=lettering.takes_plan(case, assessments))
    if kind is LetterKind.DELAY_NOTICE and case.application is not None:
        form = letter_forms.to_applicant(form)
    return invitation_forms.fitted(form, case) if kind is invitation_forms.KIND else form


def _opened(case: Case, kind: LetterKind) -> Writing:
    lettering.demand_sendable(case, kind, principal(), local_date(house().clock.now()))
    tells = kind in lettering.WITH_DECISION
    if tells and not (case.decision and house().originals.find(case.decision)):
        raise OriginalMissing(kind)
    found = house().letters.addressees(principal(), case)
    form = _form(case, kind, found.known)
    naming = in_letter(kind, house().letters.decisions(case), own_name.me().id)
    told = house().letters.told(case) if tells else None
    return Writing(kind, case, found, StaffForm(form, case.id), naming, told)


def _page(writing: Writing, draft: Draft | None, checked: Checked | None = None) -> str:
    allow_sending()  # it keeps itself while somebody writes
    form = writing.asked.form
    begun = letter_forms.prefilled(writing.kind, writing.case, writing.naming)
    answers = draft.answers if draft else letter_forms.for_form(form, begun)
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


def page_frame(writing: Writing) -> dict[str, Any]:
    """What every page of writing shows."""
    case = writing.case
    return {
        "case": case,
        "person": person_name(case),
        "kind": gettext(words.KINDS[case.kind]),
        "name": gettext(words.LETTERS[writing.kind]),
        "law": letter_forms.letter_text(writing.kind).law,
        "clock": None,
        "write_href": _href("letters.write", writing),
        "invites": writing.kind is invitation_forms.KIND,
        "check_href": _href("letters.check", writing),
        "case_href": url_for(
            "invitations.show" if writing.kind is invitation_forms.KIND else "letters.show", id=case.id
        ),
    }


def _href(endpoint: str, writing: Writing, andrad: str | None = None) -> str:
    return url_for(endpoint, id=writing.case.id, kind=writing.kind.value, andrad=andrad)
