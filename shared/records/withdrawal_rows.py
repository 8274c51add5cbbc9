"""Applications that were taken back, as staff wrote it down and as it is stored."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.assessments import Answer
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.withdrawals import Caller, KnownBy, SaidHow, Withdrawal, WithdrawalForm
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

WITHDRAWALS: Final = "withdrawals"
_TEXTS: Final = ("said_on", "representative", "known_how", "words")


def withdrawal_row(made: Withdrawal) -> Row:
    """The record: by whom and when it was written lies clear, everything stated sealed."""
    return Row(
        WITHDRAWALS,
        made.id,
        made.rev,
        {"case": made.case, "by": made.by, "at": made.at},
        made.key,
        {"notes": {**asdict(made.form), "title": made.title}},
    )


def read_withdrawal(document: Document, sealing: Sealing) -> Withdrawal:
    """The whole record."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    stated = sealing.open(document, key, ("notes",))["notes"]
    return Withdrawal(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        by=StaffId(fields["by"]),
        title=stated["title"],
        at=fields["at"],
        form=withdrawal_form(stated),
    )


def withdrawal_form(stated: Any) -> WithdrawalForm:
    """The form from plain values, as JSON or a browser gives them; what is not answered may be left out."""
    how, caller, known, told = (stated.get(name) for name in ("how", "caller", "known_by", "told"))
    return WithdrawalForm(
        how=SaidHow(how) if how else None,
        caller=Caller(caller) if caller else None,
        known_by=KnownBy(known) if known else None,
        told=Answer(told) if told else None,
        **{name: stated.get(name) or "" for name in _TEXTS},
    )
