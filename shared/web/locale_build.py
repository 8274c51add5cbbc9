"""Collects every Swedish text of the product and compiles the catalogues: `python -m shared.web.locale_build` (Babel).

For development only. It keeps the translations there are, drops what no page says any more, lists what
is not translated yet, and ends with 1 if anything is missing.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shared.settings import ROOT
from shared.web.texts import CATALOGUE, LANGUAGES, LOCALE, SOURCE

_ROOMS: Final = ("functions", "shared")
_METHODS: Final = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_JINJA: Final = {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}
_KEYWORDS: Final = {**DEFAULT_KEYWORDS, "mark": None}
_MIME: Final = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}


class _Texts(Catalog):
    """A catalogue whose header says nothing about when or with what it was made: the same texts, the same bytes."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        language = {"Language": str(self.locale_identifier), "Plural-Forms": self.plural_forms}
        return list({**language, **_MIME}.items())

    mime_headers = property(_get_mime_headers)


def texts_of_product(root: Path = ROOT) -> set[str | tuple[str, str]]:
    """Every msgid that templates and Python name; a pair is (one, many)."""
    return {message for room in _ROOMS for message in _texts_below(root / room)}


def _texts_below(folder: Path) -> Iterator[str | tuple[str, str]]:
    found = extract_from_dir(
        folder, method_map=_METHODS, options_map={_METHODS[0][0]: _JINJA}, keywords=_KEYWORDS,
        directory_filter=lambda path: Path(path).name not in {"node_modules", "__pycache__", "assets"},
    )  # fmt: skip
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else (message[0], message[1])


def stored(language: str) -> Catalog:
    """The catalogue of translations as it stands."""
    path = po_path(language)
    if not path.exists():
        return _Texts(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def updated(language: str, root: Path = ROOT) -> Catalog:
    """The catalogue with exactly the texts of the product, translated where it was before."""
    before, now = stored(language), _Texts(locale=language, header_comment="", fuzzy=False)
    for message in texts_of_product(root):
        old = before.get(message if isinstance(message, str) else message[0])
        now.add(message, old.string if old is not None else None)
    return now


def untranslated(catalogue: Catalog) -> list[str]:
    """The Swedish texts without a translation, in order."""
    return sorted(_key(message) for message in catalogue if message.id and not is_translated(message))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a translation."""
    return bool(message.string) if isinstance(message.string, str) else all(message.string or [""])


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a person edits it, in alphabetical order."""
    output = io.BytesIO()
    write_po(output, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return output.getvalue().lstrip()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the product reads it."""
    output = io.BytesIO()
    write_mo(output, catalogue)
    return output.getvalue()


def po_path(language: str) -> Path:
    """Where the editable catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{CATALOGUE}.po"


def main() -> int:
    """Write both files of every language; the exit code is 1 if a text has no translation."""
    missing = 0
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        catalogue = updated(language)
        po_path(language).write_bytes(po_bytes(catalogue))
        po_path(language).with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        gaps = untranslated(catalogue)
        missing += len(gaps)
        sys.stdout.writelines(f"{language}: {text}\n" for text in gaps)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
