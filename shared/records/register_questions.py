"""Questions to the population register, answered with what its silence means."""

from shared.domain import register
from shared.domain.cases import CasePerson
from shared.domain.register import Outcome, Reply
from shared.ports.clock import Clock
from shared.ports.register import PopulationRegister, RegisterUnavailable

_SILENCES = 3


def asked(population_register: PopulationRegister, person: CasePerson, clock: Clock) -> Reply:
    """What the register says now of the number of `person`; at most 1.5 seconds."""
    now = clock.now()
    if not person.number:
        return Reply(now, Outcome.NO_NUMBER)
    try:
        found = population_register.family(person.number)
    except RegisterUnavailable:
        return Reply(now, Outcome.UNAVAILABLE)
    return register.answered(found, person, now)


class Questions:
    """Many questions in a row: each number once, and after three silences the register is taken to be down.

    So a register that hangs keeps a page for less than five seconds, however many letters are on it.
    """

    def __init__(self, population_register: PopulationRegister, clock: Clock) -> None:
        self._register = population_register
        self._clock = clock
        self._said: dict[CasePerson, Reply] = {}
        self._silences = 0

    def ask(self, person: CasePerson) -> Reply:
        """As `asked`."""
        if person not in self._said:
            self._said[person] = self._answer(person)
        return self._said[person]

    def _answer(self, person: CasePerson) -> Reply:
        if self._silences >= _SILENCES:
            return Reply(self._clock.now(), Outcome.UNAVAILABLE)
        said = asked(self._register, person, self._clock)
        self._silences += said.outcome is Outcome.UNAVAILABLE
        return said
