"""The addresses of one draft of a declared form: its parts, questions, items and the check of the answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from shared.formkit.definition import Problem, Step

CHECK: Final = "kontrollera"
PARTS: Final = "delar"
NEW: Final = "ny"
REMOVE: Final = "ta-bort"
BACK: Final = "till"
"""The name in an address that tells where to go after the answer."""


@dataclass(frozen=True, slots=True)
class FormPaths:
    """Addresses below `base`. With `checking` every answer leads back to the check of the answers."""

    base: str
    checking: bool = False

    @property
    def parts(self) -> str:
        """The list of parts."""
        return f"{self.base}/{PARTS}"

    @property
    def check(self) -> str:
        """The check of the answers."""
        return f"{self.base}/{CHECK}"

    def step(self, slug: str, anchor: str = "") -> str:
        """One step; the list of items where each has a page."""
        return self._with(f"{self.base}/{slug}", anchor)

    def item(self, slug: str, item: str, anchor: str = "") -> str:
        """The page of one item."""
        return self._with(f"{self.base}/{slug}/{item}", anchor)

    def new(self, slug: str) -> str:
        """Leads to the page of a new item."""
        return self._with(f"{self.base}/{slug}/{NEW}", "")

    def remove(self, slug: str, item: str) -> str:
        """Asks before an item is taken away."""
        return self._with(f"{self.base}/{slug}/{item}/{REMOVE}", "")

    def to(self, step: "Step", problem: "Problem") -> str:
        """Where to put a problem right."""
        return self.item(step.slug, problem.item, problem.name) if problem.item else self.step(step.slug, problem.name)

    def _with(self, path: str, anchor: str) -> str:
        query = f"?{urlencode({BACK: CHECK})}" if self.checking else ""
        return f"{path}{query}#{anchor}" if anchor else path + query
