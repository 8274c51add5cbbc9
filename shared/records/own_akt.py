"""Whose file may be read by its person now: old enough, known to the population register by name, nobody protected."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from shared.domain import access
from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson, birth_date
from shared.domain.ids import AktId, KeyId
from shared.domain.principals import Principal
from shared.domain.register import Doubt, Reply
from shared.ports.register import PopulationRegister
from shared.ports.store import Document
from shared.records.register_questions import asked
from shared.records.vault import Vault

_T = TypeVar("_T")


class OwnAkt:
    """Looks for the own akt; `number` tells the 12 digits that somebody logged in with, "" when nobody knows.

    Of somebody without an akt the same is asked, of store and keys by ids that nobody has, and of the register: how
    long that takes must not tell that there is one.
    """

    def __init__(
        self, vault: Vault, population_register: PopulationRegister, number: Callable[[Principal], str]
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._register = population_register
        self._number = number

    def readable(self, principal: Principal) -> AktId | None:
        """The akt that the person may read now, or None, which looks the same whatever the reason."""
        return self.readable_with(principal, lambda _akt: None)[0]

    def readable_with(self, principal: Principal, read: Callable[[AktId], _T]) -> tuple[AktId | None, _T]:
        """The same, and what `read` finds meanwhile of the akt that may be theirs, closed.

        Nothing of it may be opened or shown when the akt is None.
        """
        if not access.may_have_letters(principal):
            return None, read(AktId(self._fresh()))
        pointer = self._store.get("person_index", str(principal.person))
        fields: Any = {"person": self._fresh(), "akt": self._fresh()} if pointer is None else pointer.fields
        akt = AktId(fields["akt"])
        calls: list[Callable[[], Any]] = [partial(self._store.get, "persons", fields["person"]), partial(read, akt)]
        document, found = self._store.together(*calls)
        return akt if self._may_read(principal, document) else None, found

    def _may_read(self, principal: Principal, document: Document | None) -> bool:
        key = KeyId(self._fresh() if document is None else str(document.fields["key"]))
        self._ring.load([key])
        known = {"name": principal.name, "number": self._number(principal)}
        if document is not None:
            known = self._sealing.open(document, key, ("core",))["core"]
        reply = self._asked(principal, CasePerson(name=known["name"], number=known["number"]))
        if document is None or reply is None or reply.family is None or reply.family.protected:
            return False
        return Doubt.NAME_DIFFERS not in reply.doubts

    def _asked(self, principal: Principal, person: CasePerson) -> Reply | None:
        """What the register says; None, and nothing asked, for who is too young or of unknown age."""
        if not access.may_read_own_file(principal, birth_date(person.number), local_date(self._clock.now())):
            return None
        return asked(self._register, person, self._clock)
