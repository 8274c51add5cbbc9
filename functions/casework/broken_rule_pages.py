"""A broken rule in words: what happened, what is saved, what to do now."""

from typing import Final

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from shared import log
from shared.domain.broken_rules import BrokenRule
from shared.ports.store import Conflict, NotFound
from shared.web import error_page, mark
from shared.web.kept import kept_fields

WORDS: Final = {
    "not_allowed": (
        403,
        mark("Det här är inte ditt ärende"),
        mark("Bara ärendets handläggare eller gruppledaren kan göra det här."),
        mark("Ta ärendet om det saknar handläggare, eller prata med gruppledaren."),
    ),
    "already_done": (
        409,
        mark("Det är redan gjort"),
        mark("Någon annan har gjort det, eller du själv i ett annat fönster. Inget har skrivits över."),
        mark("Öppna ärendet och se vad som gäller."),
    ),
    "assessment_missing": (
        409,
        mark("Skyddsbedömningen saknas"),
        mark("Beslut kan fattas först när skyddsbedömningen är gjord (20 kap. 1 § SoL)."),
        mark("Gör skyddsbedömningen först. Ditt utkast till beslut finns kvar."),
    ),
    "protection_first": (
        409,
        mark("Barnets skydd går först"),
        mark("Ett brev hem kan vara farligt. Det får vänta tills skyddsbedömningen säger att kontakten är trygg."),
        mark("Gör skyddsbedömningen, eller skriv hur barnet är tryggt när brevet kommer fram. Ditt utkast finns kvar."),
    ),
    "original_missing": (
        409,
        mark("Beslutet i original är inte klart"),
        mark("Beslutet skickas som sitt original, och det är inte gjort än."),
        mark("Öppna ärendet igen om några minuter."),
    ),
    "lead_needed": (
        409,
        mark("Gruppledaren behöver besluta"),
        mark("Våld misstänks eller barnet behövde skydd. Bara gruppledaren kan då besluta att inte inleda utredning."),
        mark("Ditt utkast finns kvar. Säg till gruppledaren, som kan läsa det, skriva sina skäl och besluta."),
    ),
    "not_open": (
        409,
        mark("Det steget är passerat"),
        mark("Ärendet har gått vidare sedan du öppnade sidan."),
        mark("Öppna ärendet och se vad som gäller."),
    ),
    "meeting_over": (
        409,
        mark("Mötet går inte att ändra längre"),
        mark("Det är redan avbokat, eller så har det börjat. Inget har skrivits över."),
        mark("Öppna mötet igen under Möten och se vad som gäller."),
    ),
    "meeting_not_begun": (
        409,
        mark("Mötet har inte börjat"),
        mark("Om personen kom kan du skriva först när mötet har börjat. Ett avbokat möte har ingen kommit till."),
        mark("Öppna mötet igen under Möten och se vad som gäller."),
    ),
    "invitation_over": (
        409,
        mark("Inbjudan har ändrats"),
        mark("En tid är bokad, inbjudan är återtagen eller mötet har varit. Inget har skrivits över."),
        mark("Öppna ärendets möten och se vad som gäller."),
    ),
    "slot_taken": (
        409,
        mark("Tiden är tagen"),
        mark("Någon annan hann få tiden. Inget är bokat och inget är skickat."),
        mark("Välj en annan tid. Ditt utkast finns kvar."),
    ),
    "too_many_blocks": (
        409,
        mark("Det finns redan hundra spärrade tider"),
        mark("Inget nytt har spärrats."),
        mark("Ta bort spärrar som inte behövs, eller spärra en längre tid på en gång."),
    ),
    "incomplete": (
        422,
        mark("Något saknas"),
        mark("Något som lagen kräver är inte ifyllt. Inget har beslutats."),
        mark("Gå tillbaka till formuläret och fyll i det som saknas. Utkastet finns kvar."),
    ),
}


def install(app: Flask) -> None:
    """Answer broken rules and lost races with a page of their own."""
    app.register_error_handler(BrokenRule, _broken)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(NotFound, lambda _error: error_page(404))


def _broken(error: BrokenRule) -> ResponseReturnValue:
    status, title, happened, now = WORDS[error.code]
    log.info("casework.broken_rule", code=error.code, status=status)
    case = (request.view_args or {}).get("id") if request.path.startswith("/arbete/arende/") else None
    kept = kept_fields() if request.method == "POST" else []
    return render_template("broken_rule.html", words=(title, happened, now), case=case, kept=kept), status


def _conflict(_error: Conflict) -> ResponseReturnValue:
    return error_page(409, resend=True)
