"""The jobs that are measured: what one person does once, and the same at the floor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from shared.app import House
from shared.domain.principals import Principal
from tests.bench import applicants_stock, stock
from tests.bench.browsers import Answer, Browser

DESCRIPTION: Final = "Nova har kommit hungrig till skolan varje morgon i två veckor. " * 10


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: a page opened, or a form sent to it; `onward` opens the page that the answer leads to, too."""

    path: str
    fields: Mapping[str, str] | None = None
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `person` logs in at the test e-ID, `who` is the same person in this process.

    `stock` makes so many things to work on, `ready` opens the page before and gives the step that is measured;
    `floor` does so at the floor. `times` is how many one round holds, `crowd` how many there are when one is counted.
    """

    name: str
    person: str
    who: Callable[[House], Principal]
    stock: Callable[[House, int], Sequence[str]]
    ready: Callable[[Browser, str], Step]
    floor: Callable[[Browser], Step]
    times: int = 50
    crowd: int = 2


def take(browser: Browser, step: Step) -> Answer:
    """Do it; whatever a job does leads on after a post."""
    if step.fields is None:
        return browser.get(step.path)
    answer = browser.post(step.path, step.fields)
    return browser.get(answer.location) if step.onward else answer


def _send(browser: Browser, id: str) -> Step:
    """As somebody comes there: the last answer, then the page with all of them."""
    draft = f"/anmal/utkast/{id}"
    take(browser, replace(_answer(browser, id), onward=False))
    fields = browser.get(f"{draft}/kontrollera").fields(f"{draft}/skicka")
    return Step(f"{draft}/skicka", {**fields, "confirm": "yes"})


def _answer(browser: Browser, id: str) -> Step:
    page = f"/anmal/utkast/{id}/beskriv"
    return Step(page, {**browser.get(page).fields(page), "concern_description": DESCRIPTION}, onward=True)


def _apply(browser: Browser, id: str) -> Step:
    """As somebody comes there: the last answer, then the page with all of them."""
    draft = f"/ansok/utkast/{id}"
    take(browser, replace(_answer_applying(browser, id), onward=False))
    fields = browser.get(f"{draft}/kontrollera").fields(f"{draft}/skicka")
    return Step(f"{draft}/skicka", {**fields, "attestation": "yes"})


def _answer_applying(browser: Browser, id: str) -> Step:
    page = f"/ansok/utkast/{id}/hittills"
    answer = {"livelihood_description": applicants_stock.STORY}
    return Step(page, {**browser.get(page).fields(page), **answer}, onward=True)


def _sign(browser: Browser, id: str) -> Step:
    page = f"/arbete/arende/{id}/beslut/kontrollera"
    return Step(page, browser.get(page).fields(page))


def _floor_draft(browser: Browser, *, whole: bool = False) -> tuple[str, dict[str, str]]:
    fields = browser.get("/draft").fields("")
    draft = browser.post("/draft", fields).location
    browser.post(draft, {**fields, **stock.posted_answers(whole=whole)})
    return draft, fields


def _floor_send(browser: Browser) -> Step:
    draft, fields = _floor_draft(browser)
    return Step(f"{draft}/send", fields)


def _floor_send_whole(browser: Browser) -> Step:
    draft, fields = _floor_draft(browser, whole=True)
    return Step(f"{draft}/send", fields)


def _floor_answer(browser: Browser) -> Step:
    draft, fields = _floor_draft(browser)
    return Step(draft, {**fields, "answer": DESCRIPTION}, onward=True)


def _floor_case(browser: Browser) -> Step:
    step = _floor_send(browser)
    return Step(take(browser, step).location)


REPORT: Final = Job("report", "elsa.exempel", stock.elsa, stock.drafts, _send, _floor_send)
REPORT_WHOLE: Final = Job("report_whole", "elsa.exempel", stock.elsa, stock.whole_drafts, _send, _floor_send_whole)
REPORT_PAGE: Final = Job("report_page", "elsa.exempel", stock.elsa, stock.drafts, _answer, _floor_answer)
DECISION: Final = Job("decision", "anna.exempel", stock.anna, stock.cases, _sign, _floor_send, times=20)
QUEUE_PAGE: Final = Job(
    "queue_page", "anna.exempel", stock.anna, stock.cases,
    lambda browser, id: Step("/arbete/ko"), lambda browser: Step("/queue"), crowd=30,
)  # fmt: skip
CASE_PAGE: Final = Job(
    "case_page", "anna.exempel", stock.anna, stock.cases,
    lambda browser, id: Step(f"/arbete/arende/{id}"), _floor_case,
)  # fmt: skip
JOURNAL_PAGE: Final = Job(
    "journal_page", "karin.lindexempel", stock.karin, stock.released,
    lambda browser, id: Step("/journal"), lambda browser: Step("/queue"), crowd=10,
)  # fmt: skip
APPLICATION: Final = Job(
    "application", "karin.lindexempel", stock.karin, applicants_stock.applications, _apply, _floor_send
)
APPLICATION_PAGE: Final = Job(
    "application_page", "karin.lindexempel", stock.karin, applicants_stock.applications, _answer_applying, _floor_answer
)
MY_MATTERS: Final = Job(
    "my_matters", "karin.lindexempel", stock.karin, stock.matters,
    lambda browser, id: Step("/mina"), lambda browser: Step("/queue"), crowd=10,
)  # fmt: skip
JOBS: Final = {
    job.name: job
    for job in (
        REPORT,
        REPORT_WHOLE,
        REPORT_PAGE,
        DECISION,
        QUEUE_PAGE,
        CASE_PAGE,
        JOURNAL_PAGE,
        APPLICATION,
        APPLICATION_PAGE,
        MY_MATTERS,
    )
}
