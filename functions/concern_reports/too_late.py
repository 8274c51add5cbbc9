"""What somebody typed on a page of a report that had been sent already: only what differs from the report."""

from shared.app import house
from shared.domain import calendar
from shared.domain.ids import ItemId
from shared.formkit.check import check_step
from shared.formkit.definition import Answers, Form, Step
from shared.formkit.repeats import Posted
from shared.formkit.snapshot import read_snapshot
from shared.web import principal

Fields = list[tuple[str, str]]


def unsent(fields: Fields, posted: Posted, report: str, form: Form, step: Step) -> Fields:
    """Those of the step's fields that the report does not say; all of them when the report may not be read here.

    Reading the report is logged as any other reading of it.
    """
    sent = _answers(ItemId(report))
    if sent is None:
        return fields
    checked = check_step(form, step, posted, sent, calendar.local_date(house().clock.now()))
    if checked.foreign:
        return fields
    wrong = {one.field for one in checked.problems}
    other = {one.id for one in step.fields if one.id in wrong or checked.answers.get(one.id) != sent.get(one.id)}
    return [(name, value) for name, value in fields if name in other or name.partition("-")[0] in other]


def _answers(report: ItemId) -> Answers | None:
    receipt = house().reporting.receipt(principal(), report, whole=True)
    if receipt is None:
        return None
    parts = (receipt.report.snapshot, receipt.report.contact)
    return {id: answer for part in parts if part for id, answer in read_snapshot(part).answers.items()}
