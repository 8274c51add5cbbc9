"""A person's own file with something in it: the case, its notes and what is released of them."""

from dataclasses import replace

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.cases import CasePerson
from shared.domain.ids import CaseId, ItemId
from shared.domain.notes import Care, NoteKind
from shared.domain.principals import Principal
from shared.domain.register import RegisteredPerson
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, ReviewCheck
from shared.formkit.definition import Answer
from shared.records.drafts import OWN_FILE, Draft, own_file_draft, own_file_owner
from shared.records.objections import Written
from tests.cases import filed
from tests.functions.inbox_browser import resident
from tests.notes import sign_note, written
from tests.people import ANNA
from tests.records.reports import Forms, filed_case
from tests.registers import HandRegister, family, person

NUMBER, NAME = "198804202383", "Nova Exempel"
RELEASE = Considered(Result.RELEASED, frozenset(ReviewCheck), 0)
OBJECTION = "Det var inte min mamma som ringde."
WITHHOLD = replace(RELEASE, result=Result.WITHHELD, ground="child", reason="Barnet far illa av det.")


def nova(house: House) -> Principal:
    """The person whom the file is about, privately logged in."""
    return resident(house, NUMBER)


def knowing(house: House, *people: RegisteredPerson, child: str = NUMBER) -> HandRegister:
    """The house's register knows Nova, or these people instead."""
    house.register = HandRegister(family(*(people or (person(child, NAME),)), child=child))
    return house.register


def novas_case(house: House, number: str = NUMBER, name: str = NAME) -> CaseId:
    """A case about this person that Anna has."""
    case = filed_case(house, replace(filed(), child=CasePerson(name=name, number=number)))
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    return case


def review(house: House, case: CaseId, note: ItemId, said: Considered, *, seen: int = 0) -> None:
    """Anna reviews the note."""
    once = Forms(ANNA).new(said=repr(said))
    house.journal.review(ANNA, case, note, said, seen=seen, title="kurator", submission=once)


def noted(house: House, case: CaseId, text: str, said: Considered | None, day: int = 1, *care: Care) -> ItemId:
    """A note of this October day that was reviewed, or was not."""
    note = sign_note(house, case, written(text, NoteKind.CALL, *care, happened=f"2026-10-{day:02}"))
    if said is not None:
        review(house, case, note, said)
    return note


def begun(house: House, note: ItemId | None, who: Principal, **answers: Answer) -> Draft:
    """A draft of what this person says of the note, or of the file."""
    form = "own_file_objection" if note else "own_file_addition"
    id, owner = own_file_draft(fresh(), note), own_file_owner(who)
    return house.drafts.begin(OWN_FILE, id, owner, form=form, version="1", answers=answers)


def say(
    house: House, note: ItemId | None, text: str = OBJECTION, who: Principal | None = None, *, asks: bool = True
) -> ItemId:
    """Nova, or somebody else, says something of the note, or of the file; the id of what it became."""
    who = who or nova(house)
    draft = begun(house, note, who, text=text)
    return ItemId(house.objections.send(who, note, Written(text, asks=asks), draft).result)


def object_to(house: House, note: ItemId, text: str = OBJECTION, who: Principal | None = None) -> None:
    """Nova, or somebody else, says that the note is wrong."""
    say(house, note, text, who)
