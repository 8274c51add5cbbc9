"""The receipt on paper: its words and the report as it was sent, ready for the typst template."""

from collections.abc import Mapping
from datetime import date, timedelta

from shared.domain.municipality import Municipality
from shared.formkit.apart import together
from shared.records.reporting import Receipt
from shared.serving.borrowed import in_words
from shared.serving.papers import on_paper
from shared.web import gettext as _
from shared.web import language, local_text
from shared.web.words import capital, moment


def paper(receipt: Receipt, municipality: Municipality, decision: date) -> Mapping[str, object]:
    """The content of the receipt's PDF in the reader's language."""
    received = capital(moment(receipt.report.received_at, language()))
    return {
        "language": language(),
        "municipality": municipality.name,
        "title": _("Kvitto på din anmälan"),
        "reference": receipt.reference,
        "facts": [
            {"term": _("Ärendenummer"), "value": receipt.reference},
            {"term": _("Kom in"), "value": received},
            {"term": _("Tas emot av"), "value": municipality.intake.name},
        ],
        "next_title": _("Det här händer nu"),
        "next": _what_happens(receipt, decision),
        "call_title": _("Om något ändras"),
        "call": _whom_to_call(municipality),
        "care": _(
            "Kvittot innehåller uppgifter som är hemliga också hos dig (40 kap. 7 g § offentlighets- och "
            "sekretesslagen). Mejla det inte, och förvara det så att ingen annan kommer åt det."
        ),
        "sent_title": _("Det här skickade du"),
        "sections": on_paper(together(receipt.report.snapshot, receipt.report.contact)),
        "unanswered": _("Frågor utan svar visas inte."),
        "page": _("Sida"),
        "of": _("av"),
    }


def _what_happens(receipt: Receipt, decision: date) -> list[str]:
    found = [
        _("Vi bedömer om barnet behöver skydd samma dag som vi läser anmälan."),
        _("Senast %(day)s bestämmer vi om en utredning ska inledas.", day=in_words(decision)),
    ]
    if receipt.report.request:
        found.append(
            _(
                "Du får veta om en utredning inleds, inte inleds eller redan pågår, om det inte är olämpligt. "
                "Har vi redan beslutat svarar vi genast, annars senast en vecka efter beslutet."
            )
        )
    elif receipt.report.feedback_requested:
        told = in_words(decision + timedelta(weeks=1))
        found.append(
            _(
                "Du får veta om en utredning inleds, inte inleds eller redan pågår, om det inte är olämpligt. "
                "Det får du senast en vecka efter beslutet, allra senast %(day)s.",
                day=told,
            )
        )
    return found


def _whom_to_call(municipality: Municipality) -> list[str]:
    emergency = municipality.emergency
    return [
        _("Fara just nu: ring %(phone)s.", phone=emergency.acute),
        f"{local_text(emergency.out_of_hours)} {emergency.out_of_hours_phone}",
        _(
            "Vill du lägga till något? Ring %(unit)s, %(phone)s, och säg ärendenumret.",
            unit=municipality.intake.name,
            phone=municipality.intake.phone,
        ),
    ]
