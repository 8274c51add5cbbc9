"""Checking a document of ours at /verifiera: with the file, or with the number and the code that stand on it."""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.originals import LARGEST, Checked
from shared.ports.store import Unavailable
from shared.web import gettext, language, mark, read_form, read_to_the_end, takes_up_to
from shared.web.words import day

pages = Blueprint("check", __name__, url_prefix="/verifiera")

FILE: Final = "dokument"
_NUMBER, _CODE = "nummer", "kod"
_LONGEST: Final = 60
_AROUND: Final = 64 * 1024
"""Bytes of a post beside its file."""
_BUSY: Final = mark("Vi hinner inte kontrollera fler filer just nu. Vänta en minut och försök igen.")
_TOO_LARGE: Final = mark("Filen är större än 10 MB. Så stora filer gör vi inte: den är inte ett beslut från oss.")


@pages.get("")
def ask() -> str:
    """What can be checked, and how."""
    return render_template("check.html", errors={}, typed={})


@pages.post("")
@takes_up_to(LARGEST + _AROUND)
def answer() -> ResponseReturnValue:
    """The answer on the same page: nothing is kept that could be read back."""
    form = read_form(one=(_NUMBER, _CODE, "med"))
    if form.text("med") == "kod":
        return _by_code(form.text(_NUMBER), form.text(_CODE))
    return _by_file()


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """A post that was not even read."""
    read_to_the_end()
    return _wrong({FILE: gettext(_TOO_LARGE)}, status=413)


def _by_file() -> ResponseReturnValue:
    sent = request.files.get(FILE)
    content = sent.stream.read(LARGEST + 1) if sent else b""
    if not content:
        return _wrong({FILE: gettext("Välj filen som du vill kontrollera.")})
    if len(content) > LARGEST:
        return _wrong({FILE: gettext(_TOO_LARGE)})
    if not content.startswith(b"%PDF-"):
        return _wrong({FILE: gettext("Filen är ingen PDF. Beslut från oss är alltid PDF-filer.")})
    try:
        return _told(house().verification.file(content), by="file")
    except Unavailable:
        return _wrong({FILE: gettext(_BUSY)}, status=503)


def _by_code(number: str, code: str) -> ResponseReturnValue:
    typed = {_NUMBER: number, _CODE: code}
    lacking = {
        _NUMBER: "" if number else gettext("Skriv numret som står på beslutet."),
        _CODE: "" if code else gettext("Skriv koden som står på beslutet."),
    }
    if any(lacking.values()):
        return _wrong({name: words for name, words in lacking.items() if words}, typed)
    return _told(house().verification.code(number[:_LONGEST], code[:_LONGEST]), by="code")


def _told(checked: Checked, *, by: str) -> ResponseReturnValue:
    made = day(local_date(checked.sealed_at), language()) if checked.sealed_at else ""
    return render_template("checked.html", verdict=checked.verdict.value, day=made, by=by)


def _wrong(errors: dict[str, str], typed: dict[str, str] | None = None, status: int = 422) -> ResponseReturnValue:
    return render_template("check.html", errors=errors, typed=typed or {}), status
