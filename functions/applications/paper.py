"""The receipt on paper: its words and the application as it was sent, ready for the typst template."""

from collections.abc import Mapping, Sequence
from datetime import date

from shared.domain.applications import Application
from shared.domain.municipality import Municipality
from shared.formkit.apart import together
from shared.formkit.declared import declared
from shared.formkit.parts import by_part
from shared.formkit.snapshot import read_snapshot
from shared.formkit.summary import Section
from shared.records.applicants import AppliedFor
from shared.serving.borrowed import in_words
from shared.serving.papers import on_paper
from shared.web import gettext as _
from shared.web import language, local_text
from shared.web.words import capital, moment


def grouped(application: Application) -> list[tuple[str, Sequence[Section]]]:
    """What was sent, by the parts of its form in the language it was sent in. `Altered` when it was not written so."""
    sections = together(application.snapshot, application.contact)
    form, written_in = declared(application.form), read_snapshot(application.snapshot).language
    if form is None:
        return [("", sections)]
    names = {part.id: part.name[written_in] for part in form.parts}
    return [(names.get(part, ""), own) for part, own in by_part(form, sections)]


def _as_one(part: str, own: Sequence[Section]) -> Sequence[Section]:
    """The sections of a part under its name, as they are read on the screen."""
    return [Section("", "", part, tuple(row for one in own for row in one.rows))] if part else own


def paper(receipt: AppliedFor, municipality: Municipality, read_by: date, decided_by: date) -> Mapping[str, object]:
    """The content of the receipt's PDF in the reader's language."""
    application = receipt.application
    received = capital(moment(application.received_at, language()))
    sections = [one for part, own in grouped(application) for one in _as_one(part, own)]
    return {
        "language": language(),
        "municipality": municipality.name,
        "title": _("Kvitto på din ansökan"),
        "reference": receipt.reference,
        "facts": [
            {"term": _("Ärendenummer"), "value": receipt.reference},
            {"term": _("Kom in"), "value": received},
            {"term": _("Tas emot av"), "value": municipality.receives(application.kind).name},
        ],
        "next_title": _("Det här händer nu"),
        "next": [
            _("Vi läser ansökan senast %(day)s.", day=in_words(read_by)),
            _("Behöver vi veta mer hör vi av oss."),
            _("Vi siktar på att bestämma senast %(day)s.", day=in_words(decided_by)),
        ],
        "call_title": _("Om något ändras"),
        "call": [
            _("Klarar du dig inte till i morgon? Ring %(phone)s.", phone=municipality.phone_of(receipt.unit)),
            f"{local_text(municipality.emergency.out_of_hours)} {municipality.emergency.out_of_hours_phone}",
            _("Vill du lägga till något? Ring och säg ärendenumret."),
        ],
        "care": _(
            "Kvittot innehåller uppgifter om dig och dina närmaste. Förvara det så att ingen annan kommer åt det."
        ),
        "sent_title": _("Det här skickade du"),
        "sections": on_paper(sections),
        "unanswered": _("Frågor utan svar visas inte."),
        "page": _("Sida"),
        "of": _("av"),
    }
