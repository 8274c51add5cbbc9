"""What every page of administration begins and ends with: who asks, and the one way in which anything is saved."""

from collections.abc import Mapping
from typing import Final

from flask import Response, abort
from werkzeug.exceptions import BadRequest

from shared.app import house
from shared.domain.broken_rules import AlreadyDone, Incomplete
from shared.domain.directory import Entity
from shared.domain.ids import SubmissionId
from shared.domain.principals import Kind, Role
from shared.ports.store import Conflict
from shared.records.submissions import Submission
from shared.web import Form, gettext, mark, posted_submission_id, principal, require

SEEN: Final = "seen"
"""The field that says which revision the page was made from."""
_administrators: Final = require(Kind.STAFF, roles=(Role.ADMINISTRATOR,))
_WORDS: Final = {
    "name": mark("Den som har slutat behåller sitt namn. Lägg till den nya personen med ett eget id"),
    "unit": mark("Välj en enhet som finns"),
    "last_day": mark("Sista dagen kan inte vara före första dagen"),
    "away_until": mark("Sista dagen borta kan inte vara före den första"),
    "substitute": mark("Välj en kollega på samma enhet som arbetar med ärenden"),
}


class Overtaken(Exception):
    """What stands is no longer what the page was made from; or, `used`, this very form has saved something else."""

    def __init__(self, wanted: Entity, seen: int, *, used: bool = False) -> None:
        super().__init__("overtaken")
        self.wanted = wanted
        self.seen = seen
        self.used = used


def administrators_only() -> Response | None:
    """The check of every page here: for residents and reporters it does not exist (404), other staff are refused."""
    if principal().kind not in {Kind.STAFF, Kind.ANONYMOUS}:
        abort(404)
    return _administrators()


def save(entity: Entity, form: Form) -> Mapping[str, str]:
    """Save the entity as the form changes it; what is wrong with it, by field, or nothing when it is saved.

    Raises `Overtaken` when it has been changed since the page was made, or when the form was sent before with other
    content; and the rules that a person should be told of on a page of their own.
    """
    seen = _seen(form)
    try:
        done = house().administration.put(principal(), entity, seen, _submission(form))
    except AlreadyDone:
        return {}  # nothing differs: it is as they want it
    except Incomplete as lacking:
        return {field: gettext(_WORDS[field]) for field in lacking.fields if field in _WORDS}
    except Conflict:
        raise Overtaken(entity, seen) from None
    if not done.same:
        raise Overtaken(entity, seen, used=True)
    return {}


def sent_before(form: Form) -> bool:
    """Whether this very form has been sent: what it added is then no hindrance to it."""
    return house().administration.sent_before(principal(), _submission(form))


def _submission(form: Form) -> Submission:
    return Submission(str(principal().staff), SubmissionId(posted_submission_id()), form.answers())


def _seen(form: Form) -> int:
    seen = form.text(SEEN)
    if not (seen.isascii() and seen.isdecimal() and len(seen) < len("1000000000")):
        raise BadRequest
    return int(seen)
