"""From answers to an appeal, or to what is added to one: what is said, and contact details kept apart."""

from collections.abc import Mapping
from datetime import datetime

from functions.appeals.own_drafts import ADDITION
from shared.domain.appealing import Appealed
from shared.domain.ids import FileId
from shared.formkit.apart import only_contact, without_contact
from shared.formkit.definition import Answers, Form
from shared.formkit.files import file_ids
from shared.formkit.reading import ShowDate
from shared.formkit.snapshot import complete, record


def appealed(
    form: Form, answers: Answers, *, language: str, now: datetime, show_date: ShowDate, fill: Mapping[str, str]
) -> Appealed:
    """What to send; `Incomplete` while it does not say which decision, and what change (FL 43 §) or what is added.

    `snapshot` is the form's record without the ways to reach the person, `contact` a record that holds only them.
    """
    called = complete(form, answers)
    apart = only_contact(called)
    return Appealed(
        form=form.id,
        snapshot=record(form, without_contact(called), language, now, show_date=show_date, fill=fill),
        contact=record(form, apart, language, now, show_date=show_date, fill=fill) if apart.kept else {},
        files=tuple(map(FileId, file_ids(form, called.kept))),
        adds=form.id == ADDITION,
    )
