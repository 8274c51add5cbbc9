"""The decisions in an investigation: more time, its end, and the end of the following up (SoL 20:3, 23:1-23:5)."""

from collections.abc import Callable, Iterator
from typing import Final

from flask import Blueprint

from functions.casework import own_name, questions
from functions.casework.signing import Signing
from shared.app import house
from shared.domain import investigating
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.deadlines import last_day
from shared.domain.investigation_decisions import ENDS, InvestigationForm, InvestigationOutcome
from shared.formkit.definition import Answers, Form, Problem
from shared.formkit.lacking import first_input
from shared.formkit.words import LANGUAGES
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.investigation_rows import investigation_form
from shared.records.submissions import Sent, Submission
from shared.web import gettext, language, mark, principal
from shared.web.words import day

_AT: Final = "/arbete/arende/<id>"
extension = Blueprint("extension", __name__, url_prefix=f"{_AT}/forlangning")
ending = Blueprint("ending", __name__, url_prefix=f"{_AT}/avslut")
follow_up_ending = Blueprint("follow_up_ending", __name__, url_prefix=f"{_AT}/uppfoljning")

_WRONG_DAYS: Final = {
    "last_day": mark(
        "Dagen måste vara i dag eller senare, senare än den sista dag som gäller nu och inom tolv månader"
    ),
    "communicated_on": mark("Dagen kan inte ligga framåt i tiden"),
}
_SENT: Final = ("motivation", "measure")
"""The fields that stand in the original."""
_MEANS: Final = {
    InvestigationOutcome.EXTENDED: mark("Utredningen får en ny sista dag. Påminnelserna följer den."),
    InvestigationOutcome.WITHOUT: mark("Utredningen avslutas, och fristen med den."),
    InvestigationOutcome.WITH: mark("Utredningen avslutas, och fristen med den. Insatsen beslutas för sig."),
    InvestigationOutcome.FOLLOWED_UP: mark(
        "Utredningen avslutas. Uppföljningen börjar nu och ska vara avslutad inom två månader."
    ),
    InvestigationOutcome.FOLLOW_UP_ENDED: mark("Uppföljningen avslutas, och ärendet med den."),
}
_TELL: Final = mark("Skicka sedan brevet till vårdnadshavarna, och till barnet från 15 år: det finns under Brev.")


def _late(case: Case) -> str:
    """That the time is out already: more time can be decided all the same, and it is told that it came late."""
    clock, now = case.clocks.get(investigating.CLOCK), house().clock.now()
    if clock is None or now < clock.due:
        return ""
    return gettext("Tiden för utredningen gick ut %(day)s.", day=day(last_day(clock.due), language()))


def _stated(answers: Answers, outcome: InvestigationOutcome | None) -> InvestigationForm:
    return investigation_form(answers, outcome)


def _signer(outcome: InvestigationOutcome | None) -> Callable[[Case, Answers, Submission, Draft], Sent]:
    def sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
        form, title = _stated(answers, outcome), own_name.me().title
        sent = house().investigations.decide(principal(), case.id, form, title=title, submission=once, draft=draft)
        house().originals.make_of(case.id)
        return sent

    return sign


def _checker(outcome: InvestigationOutcome | None) -> Callable[[Case, Form, Answers], tuple[Problem, ...]]:
    def problems(case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
        said = _stated(answers, outcome)
        wrong = tuple(_wrong(case, form, said))
        asked = [one for one in _SENT if any(field.id == one for field in form.steps[0].fields)]
        return wrong if said.named else (*wrong, *own_name.told(form, answers, asked))

    return problems


def _wrong(case: Case, form: Form, said: InvestigationForm) -> Iterator[Problem]:
    for name in investigating.wrong_days(case, said, local_date(house().clock.now())):
        words = dict.fromkeys(LANGUAGES, gettext(_WRONG_DAYS[name]))
        yield Problem(form.steps[0].id, name, first_input(form.field(name)), "day", words)


def _meaning(outcome: InvestigationOutcome | None) -> Callable[[Answers], str]:
    def means(answers: Answers) -> str:
        said = _stated(answers, outcome)
        what = "" if said.outcome is None else gettext(_MEANS[said.outcome])
        unnamed = "" if said.named else gettext("Ditt namn står inte i originalet och inte i breven om beslutet.")
        return " ".join(one for one in (what, gettext(_TELL), unnamed) if one)

    return means


def _stands(*kinds: InvestigationOutcome) -> Callable[[CaseFile], tuple[InvestigationForm, str] | None]:
    def stands(found: CaseFile) -> tuple[InvestigationForm, str] | None:
        return next(((one.form, one.by) for one in found.investigated if one.form.outcome in kinds), None)

    return stands


def _signing(
    pages: str,
    form: str,
    asked: Callable[[], Form],
    outcomes: tuple[InvestigationOutcome, ...],
    stands: Callable[[CaseFile], tuple[InvestigationForm, str] | None],
) -> Signing:
    only = outcomes[0] if len(outcomes) == 1 else None
    return Signing(
        pages=pages,
        form=form,
        acts=tuple(investigating.ACTIONS[one] for one in outcomes),
        questions=lambda _: asked(),
        whole=asked,
        waits_for_lead=lambda _found, _answers: False,
        sign=_signer(only),
        stands=stands,
        problems=_checker(only),
        means=_meaning(only),
        again=only is InvestigationOutcome.EXTENDED,
        late=_late if only is InvestigationOutcome.EXTENDED else lambda _: "",
    )


_EXTENSION: Final = _signing(
    "extension", questions.EXTENSION, questions.extension, (InvestigationOutcome.EXTENDED,), lambda _: None
)
_ENDING: Final = _signing(
    "ending",
    questions.ENDING,
    questions.ending,
    (InvestigationOutcome.WITHOUT, InvestigationOutcome.FOLLOWED_UP, InvestigationOutcome.WITH),
    _stands(*ENDS),
)
_FOLLOW_UP_ENDING: Final = _signing(
    "follow_up_ending",
    questions.FOLLOW_UP_ENDING,
    questions.follow_up_ending,
    (InvestigationOutcome.FOLLOW_UP_ENDED,),
    _stands(InvestigationOutcome.FOLLOW_UP_ENDED),
)
for pages, signing in ((extension, _EXTENSION), (ending, _ENDING), (follow_up_ending, _FOLLOW_UP_ENDING)):
    pages.add_url_rule("", "write", signing.write, methods=["GET"])
    pages.add_url_rule("", "save", signing.save, methods=["POST"])
    pages.add_url_rule("/kontrollera", "check", signing.check, methods=["GET"])
    pages.add_url_rule("/kontrollera", "commit", signing.commit, methods=["POST"])
