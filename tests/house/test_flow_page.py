"""The page for people says what the tables of the flow say."""

from shared.dev.flow_page import PAGE, page


def test_the_page_about_the_flow_is_the_one_the_tables_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python3 -m shared.dev.flow_page writes it anew"
