"""What somebody sees who comes back with the code of a letter, and who that may be."""

from shared.app import use
from tests.functions.inbox_browser import resident
from tests.functions.letter_desk import loves_case
from tests.functions.staff_browser import Desk
from tests.houses import demo_house
from tests.invitations import Guest, invite
from tests.registers import MOTHER


def test_whoever_comes_back_with_the_code_sees_no_number_and_no_helper_of_who_booked() -> None:
    with use(demo_house()) as house:
        invitation = invite(Desk(house), loves_case(house))
        hers = Guest(house).opened(invitation)
        id = hers.hold()
        hers.answer(id, "tolk", interpreter="no")
        hers.answer(id, "behov", phone="031-390 06 30", support_person="Astrid", prepare="Ring mig på jobbet.")
        check = hers.get(f"/boka/tid/{id}/kontrollera").text
        assert hers.answer(id, "kontrollera").status_code == 303
        later = Guest(house).opened(invitation)
        pages = [later.get(f"/boka/tid/{id}").text, later.get(f"/boka/tid/{id}/behov").text]

        for said in ("031-390 06 30", "Astrid", "på jobbet"):
            assert said in check
            assert not [page for page in pages if said in page]
        assert "Astrid" in Guest(house, resident(house, MOTHER)).get(f"/boka/tid/{id}").text
