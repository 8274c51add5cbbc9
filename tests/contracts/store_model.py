"""The store contract, any story: whatever commits and queries are tried, a dictionary tells what must be seen."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared.adapters import ordered_keys
from shared.ports.store import Create, Delete, Replace, Store, StoreError, Value, Write
from tests.contracts.store_case import BY_DUE, BY_DUE_FALLING, StoreCase, every_page

IDS = [f"t{n}" for n in range(5)]
VALUES: st.SearchStrategy[Value] = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", b"a"])
FIELDS = st.fixed_dictionaries({"unit": st.sampled_from(["north", "south"])}, optional={"due": VALUES, "n": VALUES})
WRITES: st.SearchStrategy[Write] = st.one_of(
    st.builds(Create, st.just("things"), st.sampled_from(IDS), FIELDS),
    st.builds(Replace, st.just("things"), st.sampled_from(IDS), st.integers(1, 3), FIELDS),
    st.builds(Delete, st.just("things"), st.sampled_from(IDS), st.none() | st.integers(1, 3)),
)


class Story(RuleBasedStateMachine):
    """Commits tried on the store and on a dictionary of id → (rev, fields)."""

    make: ClassVar[Callable[[Path], Store]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = type(self).make(Path(self.folder.name))
        self.model: dict[str, tuple[int, dict[str, Value]]] = {}

    @rule(writes=st.lists(WRITES, max_size=4, unique_by=lambda write: write.id))
    def commit(self, writes: list[Write]) -> None:
        """All of it happens, or nothing does, just as in the dictionary."""
        allowed = all(self._allowed(write) for write in writes)
        try:
            self.store.commit(writes)
        except StoreError:
            assert not allowed
            return
        assert allowed
        for write in writes:
            rev = self.model.pop(write.id, (0, {}))[0]
            if not isinstance(write, Delete):
                self.model[write.id] = (rev + 1, dict(write.fields))

    @rule(limit=st.integers(1, 6))
    def ask(self, limit: int) -> None:
        """Pages of any size show the dictionary's documents in order."""
        keyed = [
            (ordered_keys.encode(fields["due"]), id)
            for id, (_, fields) in self.model.items()
            if fields["unit"] == "north" and "due" in fields
        ]
        wanted = [id for _, id in sorted(keyed)]
        assert every_page(self.store, BY_DUE, limit) == wanted
        assert every_page(self.store, BY_DUE_FALLING, limit) == wanted[::-1]
        assert self.store.count(BY_DUE, {"unit": "north"}, cap=limit) == min(limit, len(wanted))

    @invariant()
    def reads_back(self) -> None:
        """Every document is as the dictionary has it."""
        found = self.store.get_many("things", IDS)
        assert {id: (document.rev, document.fields) for id, document in found.items()} == self.model

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def _allowed(self, write: Write) -> bool:
        rev = self.model.get(write.id, (None, {}))[0]
        if isinstance(write, Create):
            return rev is None
        return (isinstance(write, Delete) and write.rev is None) or rev == write.rev


class ModelContract(StoreCase):
    steps = 25
    stories = 20

    def test_any_story_is_told_as_a_dictionary_would(self) -> None:
        story = type("Told", (Story,), {"make": staticmethod(self.make)})
        run_state_machine_as_test(
            story,
            settings=settings(
                max_examples=self.stories,
                stateful_step_count=self.steps,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
