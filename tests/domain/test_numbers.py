"""Numbers are written as people read them."""

from shared.domain.numbers import identity_number, whole_number


def test_thousands_stand_apart_as_each_language_writes_them() -> None:
    assert whole_number(8000, "sv") == "8\N{NARROW NO-BREAK SPACE}000"
    assert (whole_number(12_800, "en"), whole_number(800, "en")) == ("12,800", "800")


def test_a_language_with_no_way_of_its_own_gets_the_swedish_one() -> None:
    assert whole_number(8000, "ar") == whole_number(8000, "sv")


def test_an_identity_number_is_read_with_its_hyphen_and_anything_else_as_it_stands() -> None:
    assert [identity_number(one) for one in ("201501012395", "20150101", "")] == ["20150101-2395", "20150101", ""]
