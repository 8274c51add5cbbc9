"""The form as it stands in its file now, and the answers given since the preview began: in memory and nowhere else."""

from collections.abc import Mapping
from pathlib import Path

from shared.formkit.definition import Answer, Form
from shared.formkit.loading import parse
from shared.formkit.prefill import Facts, initial
from shared.formkit.tables import BadForm

FACTS: Facts = {
    "name": "Sara Almexempel",
    "address": "Skolgatan 7 lgh 1002\n999 01 Exempelstad",
    "civil_status": "unmarried",
    "children": [{"name": "Noel Almexempel", "number": "202504182391"}],
    "organisation": "Exempelskolan",
    "category": "school_preschool",
}
"""What the login and the register would know about an invented person."""


class FormFile:
    """A form's file, read anew whenever it has changed; the last whole form stays while the file is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: tuple[BadForm, ...] = ()
        self.answers: dict[str, Answer] = {}
        self._form: Form | None = None
        self._seen = ""

    @property
    def version(self) -> str:
        """Changes when the file does; while an editor puts another in its place, it is as it was."""
        try:
            return str(self.path.stat().st_mtime_ns)
        except FileNotFoundError:
            return self._seen

    @property
    def form(self) -> Form | None:
        """The form as the file has it now; None while the file is wrong."""
        if self._seen != self.version:
            self._seen = self.version
            self._read()
        return None if self.mistakes else self._form

    def begin(self) -> None:
        """Forget every answer, and begin with what would be known beforehand."""
        self.answers = {} if self._form is None else initial(self._form, FACTS)

    def keep(self, answers: Mapping[str, Answer]) -> None:
        """What was answered; what nobody changed keeps its source."""
        self.answers = dict(answers)

    def _read(self) -> None:
        first = self._form is None
        try:
            self._form, self.mistakes = parse(self.path.read_text("utf-8"), self.path.name), ()
        except BadForm as bad:
            self.mistakes = bad.all
        if first and self._form is not None:
            self.begin()
