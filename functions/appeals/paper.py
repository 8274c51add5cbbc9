"""The receipt in words and on paper: what comes next, and the appeal as it was sent, ready for the typst template."""

from collections.abc import Mapping
from datetime import date

from shared.domain.appeal_items import Appeal
from shared.domain.appeal_letters import court
from shared.domain.cases import AppealState
from shared.domain.deadlines import last_day
from shared.domain.municipality import Municipality
from shared.formkit.apart import together
from shared.records.appellants import OwnAppeal
from shared.serving.borrowed import in_words
from shared.serving.papers import on_paper
from shared.web import gettext as _
from shared.web import language
from shared.web.words import capital, moment


def handing_over_by(found: OwnAppeal) -> date | None:
    """The last day for the appeal to go to the court, while that is watched."""
    return None if found.handed_by is None else last_day(found.handed_by)


def coming(found: OwnAppeal, by: date | None) -> list[str]:
    """What happens next, in order."""
    standing = found.standing
    if standing is not None and standing.state is AppealState.WITHDRAWN:
        taken_back = [] if found.appeal.withdraws else [_("Du har tagit tillbaka det.")]
        return [
            *taken_back,
            _("Vi skickar inget till domstolen. Beslutet står fast som det är nu."),
            _("Ångrar du dig kan du överklaga igen, så länge de tre veckorna inte har gått."),
        ]
    if found.appeal.adds_to and standing is not None:
        day = in_words(standing.received)
        belongs = _("Det hör till ditt överklagande, som kom in %(day)s. Den dagen gäller.", day=day)
        return [belongs, *_onward(found, by)]
    return _onward(found, by)


def _onward(found: OwnAppeal, by: date | None) -> list[str]:
    standing = found.standing
    if standing is not None and standing.on is not None:
        sent = _(
            "Vi skickade ditt överklagande till domstolen %(day)s. Du har fått ett brev.", day=in_words(standing.on)
        )
        more = _("Det du har lagt till sedan dess skickar vi vidare, senast %(day)s.", day=in_words(by)) if by else ""
        return [one for one in (sent, more) if one]
    if by is None:
        return [_("Vi är klara med ditt överklagande. Läs brevet som du har fått.")]
    return [
        _("Vi ser om överklagandet kom in i tid. Är det sent tittar vi på varför."),
        _("Vi läser vårt beslut igen. Är det fel ändrar vi det."),
        _("Sedan skickar vi allt till domstolen, senast %(day)s. Då får du ett brev.", day=in_words(by)),
    ]


def paper(found: OwnAppeal, municipality: Municipality) -> Mapping[str, object]:
    """The content of the receipt's PDF in the reader's language."""
    appeal, by = found.appeal, handing_over_by(found)
    return {
        "language": language(),
        "municipality": municipality.name,
        "title": _title(appeal),
        "reference": found.reference,
        "facts": [
            {"term": _("Ärendenummer"), "value": found.reference},
            {"term": _("Kom in"), "value": capital(moment(appeal.received_at, language()))},
            *([] if appeal.withdraws else [{"term": _("Domstol"), "value": court(municipality)}]),
        ],
        "next_title": _("Det här händer nu"),
        "next": coming(found, by),
        "call_title": _("Om du undrar något"),
        "call": [
            _("Ring %(phone)s och säg ärendenumret.", phone=municipality.phone_of(found.unit)),
            *([] if appeal.withdraws else [_("Beslutet gäller medan domstolen arbetar.")]),
        ],
        "care": _("Kvittot innehåller uppgifter om dig. Förvara det så att ingen annan kommer åt det."),
        "sent_title": _("Det här skickade du"),
        "sections": [] if appeal.withdraws else on_paper(together(appeal.snapshot, appeal.contact)),
        "unanswered": _("Frågor utan svar visas inte."),
        "page": _("Sida"),
        "of": _("av"),
    }


def _title(appeal: Appeal) -> str:
    if appeal.withdraws:
        return _("Kvitto på att du har tagit tillbaka ditt överklagande")
    return _("Kvitto på det du lade till i ditt överklagande") if appeal.adds_to else _("Kvitto på ditt överklagande")
