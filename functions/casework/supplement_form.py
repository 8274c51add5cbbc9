"""What staff fill in to ask an applicant for what is missing: papers to choose, lines of their own, a last day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from functions.casework.staff_forms import StaffForm
from shared.app import house
from shared.app.foundations import fresh
from shared.domain import supplementing
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.ids import ItemId
from shared.domain.retention import Retention
from shared.domain.supplementing import Asked
from shared.domain.supplements import LONGEST_NAME, LONGEST_WORDS, IfNot, Wanted
from shared.formkit.conditions import In
from shared.formkit.declared import applications
from shared.formkit.definition import Answers, Field, FieldType, Form, Need, Option, Paper, Problem, Step
from shared.formkit.words import LANGUAGES
from shared.web import gettext, language, local_text, mark
from shared.web.words import day

FORM: Final = "supplement"
OWN: Final = ("1", "2", "3")
"""The items that are named by whoever asks."""
IF_NOT: Final = {
    IfNot.DECIDED: mark("Vi bestämmer ändå, med det vi har"),
    IfNot.DISMISSED: mark("Ansökan kan avvisas och prövas då inte (20 § FL)"),
}
_VALID_FROM: Final = date(2025, 7, 1)


def today() -> date:
    """The Swedish day."""
    return local_date(house().clock.now())


def asked_of(case: Case) -> StaffForm:
    """The form in a case, with the papers that its kind of application may need."""
    return StaffForm(form(FORM, "begar", gettext("Begär komplettering"), _fields(papers_of(case))), case.id)


def papers_of(case: Case) -> tuple[Paper, ...]:
    """The papers that may be asked for, as the forms of today name them."""
    return tuple(paper for form in applications() if form.case is case.kind for paper in form.papers)


def usual() -> Answers:
    """What stands in the form before anybody has answered."""
    return {"last_day": supplementing.proposed(today()).isoformat()}


def problems(step: Step, answers: Answers) -> Iterator[Problem]:
    """What does not go together in the answers that count, as far as they have been given."""
    named = [key for key in OWN if answers.get(f"name-{key}")]
    nameless = [key for key in OWN if answers.get(f"words-{key}") and key not in named]
    if not (answers.get("papers") or named or nameless):
        yield problem(step, "papers", gettext("Välj minst en sak, eller skriv en egen"))
    for key in nameless:
        yield problem(step, f"name-{key}", gettext("Skriv vad du behöver"))
    yield from bad_day(step, answers)


def bad_day(step: Step, answers: Answers) -> Iterator[Problem]:
    """A last day that can not be the last."""
    if "last_day" in answers and not supplementing.may_be_last(last_day(answers), today()):
        words = gettext("Sista dagen ska vara tidigast i morgon och senast om tre månader")
        yield problem(step, "last_day", words, "-day")


def asked(papers: Sequence[Paper], answers: Answers) -> Asked:
    """What the answers that count ask for; what is missing is told by `Asked.missing`."""
    chosen = answers.get("papers")
    wanted = [(dict(one.name), one.id) for one in papers if isinstance(chosen, list) and one.id in chosen]
    named = ((key, " ".join(str(answers.get(f"name-{key}", "")).split())) for key in OWN)
    wanted += [(dict.fromkeys(LANGUAGES, name), key) for key, name in named if name]
    items = (Wanted(ItemId(fresh()), name, str(answers.get(f"words-{key}", ""))) for name, key in wanted)
    if_not = answers.get("if_not")
    return Asked(tuple(items), last_day(answers), IfNot(str(if_not)) if if_not else None)


def told(asked: Asked) -> list[dict[str, str]]:
    """What the applicant will be told, row by row."""
    rows = [(local_text(one.name), one.words or gettext("Ingen förklaring")) for one in asked.items]
    if asked.last_day is not None and asked.if_not is not None:
        rows += [
            (gettext("Senast"), day(asked.last_day, language())),
            (gettext("Om det inte kommer"), gettext(IF_NOT[asked.if_not])),
        ]
    return [{"key": key, "value": value} for key, value in rows]


def last_day(answers: Answers) -> date | None:
    """The Swedish date that is answered."""
    when = answers.get("last_day")
    return date.fromisoformat(when) if isinstance(when, str) else None


def problem(step: Step, field: str, words: str, part: str = "") -> Problem:
    """What is wrong with a field, at the input `field` with `part`."""
    return Problem(step.id, field, f"{field}{part}", "supplement", dict.fromkeys(LANGUAGES, words))


def form(id: str, slug: str, title: str, fields: Iterable[Field]) -> Form:
    """A form of one page that asks for something, titled in the reader's language."""
    step = Step(id, slug, said(title), said(title), tuple(fields))
    return Form(id, 1, slug, said(title), _VALID_FROM, Retention.FIVE_YEARS, "FL 20 §", (step,))


def _fields(papers: Sequence[Paper]) -> Iterator[Field]:
    """The labels name each paper, so that both texts of a conflict can be told apart by them."""
    options = tuple(Option(one.id, one.name) for one in papers)
    yield Field("papers", FieldType.MULTI, said(gettext("Vad behöver du?")), options=options)
    for one in papers:
        here = In("papers", frozenset({one.id}))
        yield Field(f"words-{one.id}", FieldType.TEXTAREA, one.name, max_length=LONGEST_WORDS, when=here)
    for key in OWN:
        name = said(gettext("Något annat, %(number)s", number=key))
        yield Field(f"name-{key}", FieldType.TEXT, name, max_length=LONGEST_NAME)
        words = said(gettext("Förklaring, %(number)s", number=key))
        yield Field(f"words-{key}", FieldType.TEXTAREA, words, max_length=LONGEST_WORDS)
    yield day_field(gettext("Sista dag att skicka det"))
    yield Field(
        "if_not",
        FieldType.RADIO,
        said(gettext("Vad händer om det inte kommer?")),
        need=Need.HARD,
        missing=said(gettext("Välj vad som händer om det inte kommer")),
        options=tuple(Option(one.value, said(gettext(IF_NOT[one]))) for one in IfNot),
    )


def day_field(label: str) -> Field:
    """The question for the last day."""
    return Field("last_day", FieldType.DATE, said(label), need=Need.HARD, missing=said(gettext("Skriv sista dagen")))


def said(words: str) -> Mapping[str, str]:
    """The words in the reader's language: the form is made anew for each page."""
    return dict.fromkeys(LANGUAGES, words)
