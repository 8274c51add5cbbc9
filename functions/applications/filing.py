"""From answers to an application: its case, what can not wait, and contact details kept apart."""

from collections.abc import Collection, Mapping
from datetime import datetime

from shared.domain.applying import Applied
from shared.domain.ids import FileId
from shared.formkit.apart import only_contact, without_contact
from shared.formkit.definition import Answers, Form
from shared.formkit.files import file_ids
from shared.formkit.reading import ShowDate
from shared.formkit.signals import signals
from shared.formkit.snapshot import complete, record


def applied(
    form: Form,
    answers: Answers,
    attested: Collection[str],
    who: tuple[str, str],
    *,
    language: str,
    now: datetime,
    show_date: ShowDate,
    fill: Mapping[str, str],
) -> Applied:
    """The application to send; `Incomplete` while something hard remains or is not confirmed.

    `who` are name and number from the login. `snapshot` is the form's record without the ways to reach the person,
    `contact` a record that holds only them, or empty when there are none.
    """
    if form.case is None:
        raise ValueError(form.id)
    called = complete(form, answers, attested)
    apart = only_contact(called)
    name, number = who
    return Applied(
        kind=form.case,
        form=form.id,
        name=name,
        number=number,
        retention=form.retention,
        snapshot=record(form, without_contact(called), language, now, show_date=show_date, fill=fill),
        contact=record(form, apart, language, now, show_date=show_date, fill=fill) if apart.kept else {},
        signals=signals(form, answers),
        attachments=tuple(map(FileId, file_ids(form, called.kept))),
    )
