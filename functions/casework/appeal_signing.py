"""What staff sign about an appeal: whether it came in time, that the decision is kept or changed, and that it went."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from flask import Blueprint

from functions.casework import appeal_words, own_name, questions
from functions.casework.signing import Beside, Signing
from functions.casework.staff_forms import Signed
from shared.app import house
from shared.domain import appealing, assistance
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import AppealRuling, RulingKind, Sent
from shared.domain.assessments import Answer as Stated
from shared.domain.calendar import local_date
from shared.domain.cases import AppealState, Case
from shared.domain.change import Action
from shared.domain.ids import ItemId
from shared.formkit.definition import Answers, Form, Problem
from shared.formkit.lacking import first_input
from shared.formkit.words import LANGUAGES
from shared.records.assistance_rows import assistance_form
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.submissions import Sent as Written
from shared.records.submissions import Submission
from shared.web import gettext, mark, principal

_CLOCK: Final = "overklagande"
_READ_AT: Final = "appeal.show"
_TITLE: Final = mark("Överklagandet, så som det kom in")
_WORDS: Final = {
    "told": mark(
        "Skriv en dag, tidigast den då beslutet fattades, som gör att tre veckor hade gått. Vet ni inte dagen kom det "
        "i rätt tid"
    ),
    "reasons": mark("Skriv skälen: varför avvisas det, eller varför tas det emot fast det är sent?"),
    "day": mark("Skriv en dag från att överklagandet kom in till och med i dag"),
}
_LESS: Final = {
    "outcome": mark("Välj att bevilja: här kan beslutet bara ändras till det bättre för den sökande"),
    "amount": mark("Beloppet får inte bli lägre än i beslutet som är överklagat"),
}


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")


def _time(answers: Answers) -> TimeForm:
    stands = _text(answers, "name_stands")
    return TimeForm(
        _text(answers, "outcome"), _text(answers, "reasons"), _text(answers, "told"),
        Stated(stands) if stands else None, _text(answers, "name_reason"),
    )  # fmt: skip


def _handover(answers: Answers) -> HandOverForm:
    how = _text(answers, "how")
    return HandOverForm(_text(answers, "day"), Sent(how) if how else None, _text(answers, "note"))


def _sign_time(case: Case, answers: Answers, once: Submission, draft: Draft) -> Written:
    form, desk = _time(answers), house().appeal_cases
    act = desk.dismiss if form.late else desk.find_in_time
    done = act(principal(), case.id, form, who=own_name.me(), submission=once, draft=draft)
    if form.late:
        house().originals.make(ItemId(done.result))
    return done


def _sign_review(case: Case, answers: Answers, once: Submission, draft: Draft) -> Written:
    form = ReviewForm(_text(answers, "reasons"))
    return house().appeal_cases.keep(
        principal(), case.id, form, who=own_name.me(), submission=once, draft=draft
    )  # fmt: skip


def _sign_lifting(case: Case, answers: Answers, once: Submission, draft: Draft) -> Written:
    form = ReviewForm(_text(answers, "reasons"))
    return house().appeal_cases.lift(
        principal(), case.id, form, who=own_name.me(), submission=once, draft=draft
    )  # fmt: skip


def _sign_change(case: Case, answers: Answers, once: Submission, draft: Draft) -> Written:
    form = assistance_form(answers)
    done = house().appeal_cases.change(
        principal(), case.id, form, who=own_name.me(), submission=once, draft=draft
    )  # fmt: skip
    house().originals.make_of(case.id)
    return done


def _sign_handover(case: Case, answers: Answers, once: Submission, draft: Draft) -> Written:
    return house().appeal_cases.hand_over(
        principal(), case.id, _handover(answers), who=own_name.me(), submission=once, draft=draft
    )


def _stands(*kinds: RulingKind) -> Any:
    """What was signed of these kinds, with by whom; read only when something was.

    A hand-over is in no way of the next one, when something came in after it.
    """

    def found(file: CaseFile) -> tuple[Signed, str] | None:
        appeal = file.case.appeal
        if appeal is None or (appeal.state is AppealState.ADDED and RulingKind.HANDED_OVER in kinds):
            return None
        opened = house().appeal_cases.of_case(principal(), file.case.id)
        for one in () if opened is None else reversed(opened.rulings):
            if one.kind in kinds:
                return _as_form(one), one.by
        return None

    return found


def _as_form(ruling: AppealRuling) -> Signed:
    if ruling.kind is RulingKind.HANDED_OVER:
        return HandOverForm(ruling.on.isoformat() if ruling.on else "", ruling.how, ruling.reasons)
    if ruling.kind in {RulingKind.IN_TIME, RulingKind.DISMISSED}:
        told = ruling.told_on.isoformat() if ruling.told_on else ""
        return TimeForm("late" if ruling.kind is RulingKind.DISMISSED else "in_time", ruling.reasons, told)
    return ReviewForm(ruling.reasons)


def _time_problems(case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    said = _time(answers)
    missing = said.missing(case.appeal.received if case.appeal else None, appealing.decided_on(case))
    unnamed = () if said.named else own_name.told(form, answers, ("reasons",))
    return (*_said(form, (one for one in missing if one in _WORDS), _WORDS), *unnamed)


def _change_problems(case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    from functions.casework.application_decision_pages import SIGNING

    said, opened = assistance_form(answers), house().appeal_cases.of_case(principal(), case.id)
    less = () if opened is None or said.outcome is None else assistance.takes_away(said, opened.now.form)
    found = SIGNING.problems(case, form, answers)
    told = {one.field for one in found}
    return (*found, *_said(form, (one for one in less if one not in told), _LESS))


def _handover_problems(case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    said = _handover(answers)
    today = local_date(house().clock.now())
    missing = said.missing(case.appeal.received if case.appeal else None, today) if said.day else ()
    return tuple(_said(form, (one for one in missing if one in _WORDS), _WORDS))


def _said(form: Form, names: Iterator[str], words: dict[str, str]) -> Iterator[Problem]:
    for name in names:
        at = first_input(form.field(name))
        yield Problem(form.steps[0].id, name, at, "decided", dict.fromkeys(LANGUAGES, gettext(words[name])))


def _means_time(answers: Answers) -> str:
    if not _time(answers).late:
        return gettext("Nästa steg är att ompröva beslutet.")
    return gettext("Överklagandet går inte till domstolen. Den sökande kan överklaga det här beslutet också.")


def _signing(
    pages: str,
    form: str,
    acts: tuple[Action, ...],
    *,
    sign: Any,
    kinds: tuple[RulingKind, ...],
    follows: str,
    cards: Callable[[CaseFile], list[dict[str, Any]]] = appeal_words.beside,
    **more: Any,
) -> Signing:
    asked = (
        questions.application_decision if form == questions.APPLICATION_DECISION else partial(questions.appeal, form)
    )
    return Signing(
        pages=pages,
        form=form,
        acts=acts,
        questions=lambda _: asked(),
        whole=asked,
        waits_for_lead=lambda _found, _answers: False,
        sign=sign,
        stands=_stands(*kinds),
        beside=Beside(_TITLE, follows, cards),
        clock=_CLOCK,
        read_at=_READ_AT,
        **more,
    )


TIME: Final = _signing(
    "appeal_time",
    questions.APPEAL_TIME,
    (Action.APPEAL_IN_TIME, Action.APPEAL_DISMISSED),
    sign=_sign_time,
    kinds=(RulingKind.IN_TIME, RulingKind.DISMISSED),
    follows=mark("Den sökande ser på Mina ärenden hur långt det har kommit."),
    problems=_time_problems,
    means=_means_time,
)
LIFTING: Final = _signing(
    "appeal_lifting",
    questions.APPEAL_LIFTING,
    (Action.APPEAL_DISMISSAL_LIFTED,),
    sign=_sign_lifting,
    kinds=(RulingKind.LIFTED,),
    follows=mark("Den sökande får ett brev i inkorgen, och ärendet öppnas igen."),
    cards=appeal_words.beside_lifting,
    means=lambda _: gettext("Överklagandet räknas som i rätt tid. Fristen räknas från den dag då det kom in."),
)
REVIEW: Final = _signing(
    "appeal_review",
    questions.APPEAL_REVIEW,
    (Action.APPEAL_DECISION_KEPT,),
    sign=_sign_review,
    kinds=(RulingKind.KEPT,),
    follows=mark("Nästa steg är att lämna överklagandet till domstolen."),
)
CHANGE: Final = _signing(
    "appeal_change",
    questions.APPLICATION_DECISION,
    (Action.APPEAL_DECISION_CHANGED,),
    sign=_sign_change,
    kinds=(RulingKind.CHANGED,),
    follows=mark("Det nya beslutet läggs i inkorgen direkt. Överklagandet går ändå till domstolen."),
    problems=_change_problems,
    name=mark("Ändra beslutet"),
)
HANDOVER: Final = _signing(
    "appeal_handover",
    questions.APPEAL_HANDOVER,
    (Action.APPEAL_HANDED_OVER,),
    sign=_sign_handover,
    kinds=(RulingKind.HANDED_OVER,),
    follows=mark("Den sökande får ett brev i inkorgen, och ärendet avslutas."),
    problems=_handover_problems,
)


def _pages(signing: Signing, slug: str) -> Blueprint:
    found = Blueprint(signing.pages, __name__, url_prefix=f"/arbete/arende/<id>/overklagande/{slug}")
    found.add_url_rule("", "write", signing.write, methods=["GET"])
    found.add_url_rule("", "save", signing.save, methods=["POST"])
    found.add_url_rule("/kontrollera", "check", signing.check, methods=["GET"])
    found.add_url_rule("/kontrollera", "commit", signing.commit, methods=["POST"])
    return found


PAGES: Final = (
    _pages(TIME, "tid"),
    _pages(LIFTING, "hav"),
    _pages(REVIEW, "omprovning"),
    _pages(CHANGE, "andra"),
    _pages(HANDOVER, "lamna"),
)
