"""The letter that confirms that an application was taken back: whoever did not mean it must see it at once."""

from collections.abc import Iterator
from typing import Final

from shared.domain.calendar import written
from shared.domain.cases import Case
from shared.domain.decision_letter import signed
from shared.domain.letters import LetterKind, Part, Text
from shared.domain.municipality import Municipality, Staff
from shared.domain.naming import Naming
from shared.domain.withdrawals import Caller, SaidHow, WithdrawalForm

VERSION: Final = 1
LAW: Final = "27 § förvaltningslagen (2017:900)"
_SAID: Final = {
    SaidHow.PHONE: "per telefon",
    SaidHow.MEETING: "vid ett möte",
    SaidHow.WRITTEN: "skriftligt",
}


def about(form: WithdrawalForm, case: Case, by: Staff, municipality: Municipality) -> Text:
    """The words for the applicant, in Swedish, as every letter of the board."""
    sender = signed(Naming.NAMED, by.title, case, by, municipality)
    parts = tuple(_parts(form, case, sender["phone"]))
    title = "Din ansökan är återkallad"
    return Text(LetterKind.APPLICATION_WITHDRAWN, VERSION, "sv", title, parts, LAW, case.reference, sender)


def _parts(form: WithdrawalForm, case: Case, phone: str) -> Iterator[Part]:
    if case.person.name:
        yield _text(f"Till {case.person.name}")
    yield _text(_said(form))
    yield _text(f"Därför har vi avslutat ärende {case.reference}. Ansökan prövas inte, och du får inga pengar för den.")
    yield Part("heading", ("Stämmer det inte?",))
    yield _text(f"Var det inte du, blev det fel eller har du ångrat dig? Ring oss så snart du kan: {phone}.")
    yield Part("heading", ("Du kan ansöka igen",))
    yield _text(
        "Du får ansöka när du vill. Vänta inte om du behöver pengar nu: vi räknar från den dag då den nya ansökan "
        "kommer in."
    )
    yield _text(f"Undrar du något, eller behöver du tolk? Ring {phone}. Det kostar inget.")
    yield _text("Vänliga hälsningar")


def _said(form: WithdrawalForm) -> str:
    how = "" if form.how is None else f" {_SAID[form.how]}"
    when = "" if form.on is None else f"Den {written(form.on)} "
    if form.caller is Caller.REPRESENTATIVE:
        return f"{when}sa den som företräder dig{how} att din ansökan om ekonomiskt bistånd tas tillbaka."
    return f"{when}sa du{how} att du tar tillbaka din ansökan om ekonomiskt bistånd."


def _text(words: str) -> Part:
    return Part("text", (words,))
