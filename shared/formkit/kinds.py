"""The one table of how each kind of question is read, kept, written and shown."""

from typing import Final

from shared.formkit.bank_account import BANK_ACCOUNT
from shared.formkit.choices import ONE, SEVERAL, TICK
from shared.formkit.dates import DATE, DATETIME
from shared.formkit.definition import FieldType
from shared.formkit.files import FILES
from shared.formkit.identity_number import IDENTITY
from shared.formkit.money import MONEY
from shared.formkit.months import MONTH
from shared.formkit.reading import Kind
from shared.formkit.written import EMAIL, INT, PHONE, TEXT

KINDS: Final[dict[FieldType, Kind]] = {
    FieldType.TEXT: TEXT,
    FieldType.TEXTAREA: TEXT,
    FieldType.RADIO: ONE,
    FieldType.SELECT: ONE,
    FieldType.MULTI: SEVERAL,
    FieldType.YES_NO: ONE,
    FieldType.YES_NO_UNKNOWN: ONE,
    FieldType.BOOL: TICK,
    FieldType.INT: INT,
    FieldType.IDENTITY: IDENTITY,
    FieldType.DATE: DATE,
    FieldType.DATETIME: DATETIME,
    FieldType.PHONE: PHONE,
    FieldType.EMAIL: EMAIL,
    FieldType.FILES: FILES,
    FieldType.MONEY: MONEY,
    FieldType.BANK_ACCOUNT: BANK_ACCOUNT,
    FieldType.MONTH: MONTH,
}
"""`info` is never answered, `attestation` only when the form is sent, and `repeat` holds questions of these kinds."""
