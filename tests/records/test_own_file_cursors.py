"""A cursor of the own file tells nothing that its page does not, whoever made it."""

import base64
import json

from shared.domain.principals import Principal
from shared.ports.store import Refused
from tests.functions.inbox_browser import resident
from tests.houses import demo_house
from tests.own_files import WITHHOLD, knowing, noted, nova, novas_case
from tests.records.test_own_file import SECRET


def test_a_cursor_that_somebody_made_up_tells_nobody_whether_there_is_a_file() -> None:
    house = demo_house()
    knowing(house)
    noted(house, novas_case(house), SECRET, WITHHOLD)
    plain = json.dumps(["2026-11-01T00:00:00+00:00", {"n": None}]).encode()
    made_up = base64.urlsafe_b64encode(plain).decode().rstrip("=")

    def met(who: Principal) -> str:
        try:
            return repr(house.own_file.page(who, made_up))
        except Refused:
            return "refused"

    assert met(nova(house)) == met(resident(house, "191212121212"))
