"""The tree holds no machine's paths, no addresses to download from, no makers, and nobody's identity number."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from tests.house.tree import Source, example, faults, texts

LOCKS: Final = ("requirements.txt", "requirements-dev.txt", "package-lock.json", ".svg", ".css", ".map")
_MACHINE: Final = re.compile(r"(?<![\w.:/-])/(?:work|root|home|tmp|Users|opt|mnt)/|\.\./shared/|\b[A-Z]:\\\\?Users")
_ADDRESS: Final = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|--(?:extra-)?index-url|--find[-]links|\"resolved\": *\"http"
)
_MAKER: Final = re.compile(
    r"co-authored[-]by|signed-off[-]by|language[ ]model|generated (?:with|by) (?!python3 dev)", re.IGNORECASE
)
_PAGE: Final = re.compile(r"[\w-]+\.md\b")
_NUMBER: Final = re.compile(r"(?<![\w.#])(18|19|20)?(\d\d)(\d\d)(\d\d)([-+]?)(\d{4})(?![\w])")

TEST_NUMBERS: Final = frozenset(
    {
        "7701172392", "7701182383", "7701182391", "7909212388", "8404152392",
        "8404189287", "8804202383", "9001019802", "1212121212", "1501012395", "2503082386", "8004262385", "8204212396",
        "1701012393", "2508242381", "8108222384", "8308172397", "2504182391", "8508122382", "2510022383", "8612092380",
        "2503312387", "8708152387", "8202142397", "2509012387", "7010632391", "2512232386", "8501012382", "0002292399",
        "2601012384", "0306062381", "0912302387",
    }
)  # fmt: skip
"""The Swedish Tax Agency's published test numbers, its own example of a coordination number and the
well-known invented one, without century."""
_FICTION_PHONES: Final = re.compile(r"07017406\d\d")
"""Phone numbers set aside for fiction (PTS), which may look like a number for a person."""


def machine_path(source: Source) -> Iterator[str]:
    yield from (f"the path of a machine: {found}" for found in _MACHINE.findall(source.text))


def address(source: Source) -> Iterator[str]:
    yield from (f"an address to download from: {found}" for found in _ADDRESS.findall(source.text))


def maker(source: Source) -> Iterator[str]:
    yield from (f"how it was made: {found}" for found in _MAKER.findall(source.text))


def missing_page(source: Source) -> Iterator[str]:
    pages = {PurePosixPath(page.path).name for page in texts(ends=(".md",))}
    yield from (f"names {found}, which is not here" for found in _PAGE.findall(source.text) if found not in pages)


def identity_number(source: Source) -> Iterator[str]:
    for found in _NUMBER.finditer(source.text):
        year, month, day, last = found.group(2, 3, 4, 6)
        ten = f"{year}{month}{day}{last}"
        if ten not in TEST_NUMBERS and _is_number(ten) and not _FICTION_PHONES.fullmatch(ten):
            yield f"may be a person's number: {found.group()}"


def _is_number(ten: str) -> bool:
    year, month, day = int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    try:
        date(2000 + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(ten))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def test_no_file_names_a_path_of_one_machine() -> None:
    assert faults(machine_path, texts()) == []


def test_no_file_names_an_address_to_download_packages_from() -> None:
    assert faults(address, texts()) == []


def test_no_file_says_by_what_it_was_made() -> None:
    assert faults(maker, texts()) == []


def test_every_page_that_is_named_exists() -> None:
    assert faults(missing_page, [source for source in texts() if not source.path.startswith("tests/")]) == []


def test_no_identity_numbers_but_the_published_test_numbers() -> None:
    written = [source for source in texts() if not source.path.endswith(LOCKS)]

    assert faults(identity_number, written) == []


def test_paths_addresses_makers_and_missing_pages_are_seen() -> None:
    assert faults(machine_path, example("see " + "/ho" + "me/anna/x")) != []
    assert faults(machine_path, example('href="/arbete/ko"')) == []
    assert faults(address, example("pip install --extra-" + "index-url x")) != []
    assert faults(maker, example("Co-Authored" + "-By: someone")) != []
    assert faults(missing_page, example("see nowhere" + ".md")) != []


def test_a_number_that_may_be_a_persons_is_seen_in_every_way_of_writing_it() -> None:
    nobody = "660606" + "6667"
    assert _is_number(nobody)

    for written in (nobody, f"19{nobody}", f"{nobody[:6]}-{nobody[6:]}", f"19{nobody[:6]}-{nobody[6:]}"):
        assert faults(identity_number, example(f"born = '{written}'")) != []


def test_test_numbers_and_numbers_with_a_wrong_control_digit_may_be_written() -> None:
    assert faults(identity_number, example("'197701172392' '840415-2392' '191212121212' '6606066662'")) == []
