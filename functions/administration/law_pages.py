"""The deadlines of the law, and what this municipality has decided where the law leaves it open; read only."""

from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, render_template

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.deadline_law import LAW, Confidence, Roll, Rule
from shared.domain.own_law import AS_THE_LAW, OwnRule
from shared.web import gettext, language, mark, ngettext
from shared.web.law_words import CLOCKS
from shared.web.law_words import LAW as LAW_WORDS
from shared.web.words import day

pages = Blueprint("law", __name__, url_prefix="/forvaltning/frister")

SURE: Final = {
    Confidence.STATUTE: mark("Står i lagtexten."),
    Confidence.SECOND_HAND: mark("Bygger på en källa i andra hand."),
    Confidence.PRACTICE: mark("Bygger på praxis."),
    Confidence.UNCERTAIN: mark("Osäkert: er jurist behöver ta ställning."),
}


@pages.get("")
def show() -> str:
    """Every deadline as it holds today."""
    today, own = local_date(house().clock.now()), house().municipality.law
    rows = [one for one in LAW if one.valid_from <= today and (one.valid_to is None or today < one.valid_to)]
    return render_template(
        "law.html",
        rows=[_row(one, own.get(one.name, AS_THE_LAW)) for one in rows],
        since=day(house().municipality.valid_from, language()),
    )


def _row(law: Rule, own: OwnRule) -> dict[str, Any]:
    held = own.over(law)
    return {
        "title": gettext(CLOCKS[law.name]),
        "paragraph": gettext(LAW_WORDS[law.name]),
        "sure": gettext(SURE[law.confidence]),
        "facts": [*_facts(held)],
        "own": own.why,
    }


def _facts(held: Rule) -> list[str]:
    found = []
    if held.unwritten:
        found.append(
            ngettext(
                "Högst %(num)s dag: lagen har ingen egen tid",
                "Högst %(num)s dagar: lagen har ingen egen tid",
                held.count,
            )
        )
    if held.remind_days:
        found.append(_reminders([str(one) for one in held.remind_days if one]))
    if held.duty_from is not None:
        clock = held.duty_from.strftime("%H.%M" if language() == "sv" else "%H:%M")
        found.append(gettext("Jouren får veta genast när en anmälan kommer kl. %(clock)s eller senare", clock=clock))
    if held.unassigned_after is not None:
        after = _span(held.unassigned_after)
        found.append(gettext("Gruppledaren får veta när ingen har tagit ärendet på %(after)s", after=after))
    if held.roll is Roll.DUE:
        found.append(gettext("En sista dag som inte är en arbetsdag flyttas till nästa"))
    return found


def _reminders(days: list[str]) -> str:
    if not days:
        return gettext("Påminner på sista dagen")
    return gettext("Påminner på sista dagen, och så många dagar före: %(days)s", days=", ".join(days))


def _span(after: timedelta) -> str:
    minutes = after // timedelta(minutes=1)
    if minutes % 60:
        return ngettext("%(num)s minut", "%(num)s minuter", minutes)
    return ngettext("%(num)s timme", "%(num)s timmar", minutes // 60)
