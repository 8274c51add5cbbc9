"""Files as an answer: the list of what has been received. A page never posts it; it is kept by who receives files."""

from datetime import date
from typing import Any, Final

from shared.formkit.definition import Answer, Answers, Field, Form
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate

_KILO: Final = 1000
_MEGA: Final = 1000 * _KILO
_DECIMALS: Final = str.maketrans(".", ",")


def files_of(answer: Answer) -> list[dict[str, Any]]:
    """The files that an answer lists: {id, name, size in bytes}, as far as they are well formed."""
    found = answer if isinstance(answer, list) else []
    return [one for one in found if isinstance(one, dict) and _whole(one)]


def file_ids(form: Form, kept: Answers) -> tuple[str, ...]:
    """The ids of all files that the answers list, in the form's order."""
    questions = [one for step in form.steps if (one := step.takes_files)]
    return tuple(file["id"] for one in questions for file in files_of(kept.get(one.id)))


def size_in_words(size: int, language: str) -> str:
    """A size in bytes as people say it: `340 kB`, `1,2 MB`, with a decimal comma in Swedish."""
    if size < _MEGA:
        return f"{max(1, round(size / _KILO))}\N{NO-BREAK SPACE}kB"
    megabytes = f"{size / _MEGA:.1f}"
    return f"{megabytes.translate(_DECIMALS) if language == 'sv' else megabytes}\N{NO-BREAK SPACE}MB"


def _whole(file: dict[str, Any]) -> bool:
    wanted: dict[str, type] = {"id": str, "name": str, "size": int}
    return file.keys() == wanted.keys() and all(isinstance(file[name], kind) for name, kind in wanted.items())


def _read(field: Field, parts: Parts, today: date) -> Reading:  # noqa: ARG001
    return NOTHING


def _keep(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return list(files_of(answer)) or None


def _write(answer: Answer) -> dict[str, list[str]]:  # noqa: ARG001
    return {}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(f"{one['name']} ({size_in_words(one['size'], language)})" for one in files_of(answer))


FILES: Final = Kind((), _read, _keep, _write, _show)
