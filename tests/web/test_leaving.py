"""Leaving quickly, and staying away for ten minutes."""

from tests.web.fake_house import ORIGIN, SARA, FakeHouse
from tests.web.pages_for_tests import Visitor

AWAY = "https://www.smhi.se/"


def someone_who_left(*, store_away: bool = False) -> Visitor:
    visitor = Visitor(FakeHouse())
    visitor.carry("session", visitor.house.log_in(SARA, "sara"))
    visitor.house.sessions.away = store_away
    visitor.client.post("/lamna", base_url=ORIGIN)
    return visitor


def test_leaving_leads_to_a_neutral_page_and_empties_the_cache() -> None:
    answer = Visitor().client.post("/lamna", base_url=ORIGIN)
    assert (answer.status_code, answer.headers["Location"]) == (303, AWAY)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_leaving_ends_the_session() -> None:
    assert someone_who_left().house.sessions.alive == {}


def test_leaving_works_also_when_the_store_is_away() -> None:
    assert someone_who_left(store_away=True).cookie("session") is None


def test_back_shows_the_neutral_page_and_not_ours() -> None:
    visitor = someone_who_left()
    assert [visitor.get(path).headers["Location"] for path in ("/", "/anmal/1", "/finns-inte")] == [AWAY] * 3


def test_the_address_for_links_opens_the_door_again() -> None:
    visitor = someone_who_left()
    assert visitor.get("/?valkommen").headers["Location"] == "/"
    assert visitor.get("/").status_code == 200


def test_another_site_can_neither_log_out_nor_shut_the_door() -> None:
    visitor = Visitor(FakeHouse())
    visitor.carry("session", visitor.house.log_in(SARA, "sara"))
    answer = visitor.client.post("/lamna", base_url=ORIGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["Location"]) == (303, AWAY)
    assert visitor.house.sessions.alive != {}
    assert visitor.cookie("vader") is None


def test_the_cookie_that_stays_says_nothing() -> None:
    visitor = someone_who_left()
    assert (visitor.cookie("vader"), visitor.cookie("form")) == ("1", None)


def test_every_page_and_every_error_page_has_the_way_out_first() -> None:
    for path in ("/", "/finns-inte", "/trasig", "/lagret"):
        body = Visitor().get(path).text.split("<body")[1]
        assert body.index('action="/lamna"') < body.index("<header")
