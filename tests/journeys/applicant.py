"""What somebody who needs money to live on does at the pages: in a window, or faster where only the result counts."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tests.journeys import acting
from tests.journeys.photographs import Photograph, attach
from tests.journeys.visitor import Answer, Visitor
from tests.journeys.window import Window

KARIN: Final = "Karin Lindexempel"
START: Final = "/ansok/ekonomi"
_MOST_PAGES: Final = 60
_ONWARD: Final = re.compile(r'<a href="([^"]+)"[^>]*role="button"')
SHORT: Final[Mapping[str, Mapping[str, str]]] = {
    "ansokan": {"application_type": "new"},
    "hushall": {"marital_status": "single"},
    "nu": {"urgent": "food"},
    "du": {"applicant_phone": "031-390 06 05", "interpreter": "no"},
    "vad": {"period_choice": "month"},
    "medborgarskap": {"citizenship": "swedish"},
    "vistelse": {"stays_in_municipality": "yes"},
    "barn": {"has_children": "no"},
    "umgange": {"has_visits": "no"},
    "hittills": {"livelihood_description": "Sparpengar."},
    "skal": {"reason_for_application": "De tog slut."},
    "boende": {"housing_form": "no_housing", "housing_now": "Hos en vän."},
    "inkomster": {"has_incomes": "no"},
    "utomlands": {"foreign_income": "no"},
    "besked": {"has_pending_benefits": "no"},
    "tillgangar": {"has_assets": "no"},
    "lan": {"loans_debts": "no"},
    "kostnader": {"cost_groups": "none"},
    "planering": {"planning": "work", "work_extent": "part"},
    "arbetsmarknad": {"af_registered": "yes", "available_for_work": "yes"},
    "arbetat": {"had_work_last12": "yes", "had_work_description": "Exempellagret."},
    "aktiviteter": {"more": "no"},
    "sokta-jobb": {"more": "no"},
    "konto": {"payment_method": "other"},
    "aviseringar": {"notices": "none"},
    "papper": {"papers_when": "later"},
}
"""What is answered on each page by whoever has little to tell."""
TENANT: Final = {
    **SHORT,
    "boende": {"housing_form": "rental", "housing_person_count": "1", "housing_rooms": "1"},
    "hyra": {"rent_debt": "no", "eviction_notice": "no"},
    "kostnader": {"cost_groups": "housing"},
    "kostnader-boende": {"housing_cost_type": "rent", "housing_cost_amount": "8450", "more": "no"},
}
"""What is answered by whoever pays a rent as well."""
DECISION: Final = {**acting.sample("application_decision")["beslut"], "what": "Försörjningsstöd"}


def begin(karin: Window) -> str:
    """From the front door to the list of parts; where the draft lies."""
    karin.go("/ansok")
    karin.follow(f"main a[href='{START}']")
    karin.press("Logga in och börja")
    karin.log_in(KARIN)
    karin.press("Börja en ny ansökan")
    return karin.path.rpartition("/")[0]


def write(
    karin: Window,
    draft: str,
    answers: Mapping[str, Mapping[str, str]] = SHORT,
    photographs: Sequence[Photograph] = (),
    *,
    scripts: bool = True,
) -> list[str]:
    """Page by page, as the pages lead on, until everything is to be read through; the pages that were met."""
    met: list[str] = []
    while len(met) < _MOST_PAGES:
        slug = karin.path.removeprefix(f"{draft}/")
        met.append(slug)
        if slug == "kontrollera":
            return met
        if slug == "delar":
            karin.push("main a[role=button]")
            continue
        if slug == "bilagor":
            attach(karin, photographs, scripts=scripts)
        answer(karin, slug, answers.get(slug, {}))
    raise AssertionError(karin.path)


def answer(karin: Window, slug: str, answers: Mapping[str, str]) -> None:
    """Answer the page, also the questions that an answer calls for."""
    for name, value in answers.items():
        if karin.page.locator(f'[name="{name}"]').count() == 0:
            karin.press("Fortsätt")
        karin.answer(name, value)
    if slug == "manad":
        karin.page.locator("[name=period]").first.check()
    karin.press("Fortsätt")


def send(karin: Window) -> None:
    """Attest what has been written, and send it."""
    karin.page.locator("[name=attestation]").check()
    karin.press("Intyga och skicka")
    assert karin.says("Vi har fått din ansökan")


# ── Without a window ──────────────────────────────────────────────────────────────────────────────────────────────────


def apply(karin: Visitor, answers: Mapping[str, Mapping[str, str]] = SHORT) -> None:
    """A whole application."""
    karin.log_in("karin.lindexempel", START)
    page = karin.follow(karin.submit(karin.get(START), f"{START}/utkast"))
    draft = page.path.rpartition("/")[0]
    for _ in range(_MOST_PAGES):
        slug = page.path.partition("?")[0].removeprefix(f"{draft}/")
        if slug == "kontrollera":
            break
        page = karin.get(_ONWARD.findall(page.text)[0]) if slug == "delar" else _answered(karin, page, answers)
    receipt = karin.follow(karin.submit(page, f"{draft}/skicka", attestation="yes"))
    assert receipt.path.startswith("/ansok/kvitto/"), receipt.text


def _answered(karin: Visitor, page: Answer, answers: Mapping[str, Mapping[str, str]]) -> Answer:
    """The page that the answers lead to: those of them that are asked for, and the first month there is."""
    form, slug = page.form(), page.path.split("/")[4].partition("?")[0]
    asked = {name for name, _ in form.fields} | set(form.choices)
    said = {name: value for name, value in answers.get(slug, {}).items() if name in asked}
    if slug == "manad":
        said["period"] = form.choices["period"][0]
    answered = karin.submit(page, None, **said)
    assert answered.status == 303, f"{page.path}: {answered.text}"
    return karin.follow(answered)


def read(anna: Visitor) -> str:
    """Anna takes the newest application and has read it; the path of the case."""
    anna.log_in("anna.exempel", "/arbete")
    case = acting.newest_case(anna)
    acting.take(anna, case)
    anna.follow(anna.submit(anna.get(f"{case}/ansokan"), f"{case}/ansokan/last"))
    return case


def decide(anna: Visitor, case: str) -> None:
    """Anna grants a part of it."""
    acting.sign(anna, f"{case}/ansokan/beslut", DECISION)
