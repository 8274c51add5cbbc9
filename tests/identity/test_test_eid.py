"""The test e-ID is a real OpenID provider: strict about who asks, and marked as practice in both languages."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import jwt
import pytest
from werkzeug.test import TestResponse

from shared.demo.eid import create_eid
from shared.demo.eid_codes import LIFE, Asked, Codes, Grant
from shared.demo.eid_people import groups, people
from shared.domain.ids import OrganisationId, StaffId
from shared.settings import Settings, Stage
from shared.web import cookies
from tests.house.test_text import TEST_NUMBERS
from tests.identity.hostile_tokens import NOW, Hands
from tests.identity.house import query
from tests.identity.keeping import municipality

DEMO = Settings(stage=Stage.DEMO, origin="http://localhost:8080")
VERIFIER = "v" * 64
CHALLENGE = "w1TpKUdYE9hUAcNSeeSRFioHDxfUxuHho_JHAfZ_vDM"
GOOD = {
    "response_type": "code",
    "client_id": "troskelfri",
    "redirect_uri": "http://localhost:8080/logga-in/retur/test-eid",
    "scope": "openid",
    "state": "s" * 43,
    "nonce": "n" * 43,
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


class Eid:
    """The provider with somebody at its door."""

    def __init__(self, folder: Path) -> None:
        self.clock = Hands()
        self.client = create_eid(DEMO, self.clock, folder).test_client()

    def choose(self, person: str = "elsa.exempel", **changed: str) -> TestResponse:
        return self.client.post(f"/test-eid/authorize?{urlencode({**GOOD, **changed})}", data={"person": person})

    def redeem(self, code: str, **changed: str) -> TestResponse:
        good = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": GOOD["redirect_uri"],
            "client_id": "troskelfri",
            "code_verifier": VERIFIER,
        }
        return self.client.post("/test-eid/token", data={**good, **changed})

    def code(self, person: str = "elsa.exempel") -> str:
        return query(self.choose(person).headers["Location"])["code"]

    def claims(self, person: str = "elsa.exempel") -> Mapping[str, object]:
        """The claims of a token, checked with the published key."""
        found = self.redeem(self.code(person)).get_json()["id_token"]
        (key,) = self.client.get("/test-eid/jwks").get_json()["keys"]
        claims: Mapping[str, object] = jwt.decode(
            found, jwt.PyJWK(key), audience="troskelfri", options={"verify_exp": False, "verify_iat": False}
        )
        return claims


@pytest.fixture
def eid(tmp_path: Path) -> Eid:
    return Eid(tmp_path)


# ── What it says about itself ─────────────────────────────────────────────────────────────────────────────────────────


def test_it_publishes_where_it_answers_and_its_public_key_only(eid: Eid) -> None:
    found = eid.client.get("/test-eid/.well-known/openid-configuration").get_json()
    assert found["issuer"] == "http://localhost:8080/test-eid"
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        assert found[name].startswith("http://localhost:8080/test-eid/")
    (key,) = eid.client.get("/test-eid/jwks").get_json()["keys"]
    assert (key["use"], key["alg"]) == ("sig", "ES256")
    assert "d" not in key


def test_its_key_survives_a_restart_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    before, after = (Eid(tmp_path).client.get("/test-eid/jwks").get_json() for _ in range(2))
    assert before == after
    assert (tmp_path / "test-eid.pem").stat().st_mode & 0o077 == 0


# ── The page of people ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Övnings-id", "ingen riktig e-legitimation", "Skola", "Kurator på Exempelskolan", "Avbryt")),
        ("en", ("Practice ID", "not a real e-ID", "School", "School counsellor at Exempelskolan", "Cancel")),
    ],
)
def test_the_page_is_marked_as_practice_in_the_readers_language(
    eid: Eid, language: str, words: tuple[str, ...]
) -> None:
    page = eid.client.get(f"/test-eid/authorize?{urlencode({**GOOD, 'ui_locales': language})}").text
    assert f'<html lang="{language}"' in page
    for word in words:
        assert word in page


def test_the_page_lists_everybody_once(eid: Eid) -> None:
    page = eid.client.get(f"/test-eid/authorize?{urlencode(GOOD)}").text
    for id in people():
        assert page.count(f'name="person" value="{id}"') == 1


def test_the_page_can_neither_be_stored_nor_framed_and_runs_no_script(eid: Eid) -> None:
    headers = eid.client.get(f"/test-eid/authorize?{urlencode(GOOD)}").headers
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def test_the_way_back_after_a_quick_exit_does_not_show_it(eid: Eid) -> None:
    eid.client.set_cookie(cookies.LEFT, "1")
    answer = eid.client.get(f"/test-eid/authorize?{urlencode(GOOD)}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_everybody_has_a_published_test_number_of_their_own() -> None:
    numbers = [one.personnummer for one in people().values()]
    assert len(set(numbers)) == len(numbers)
    assert {number[2:] for number in numbers} <= TEST_NUMBERS


def test_everybody_stands_under_a_heading_and_works_where_the_directory_says() -> None:
    directory = municipality()
    assert {one.group for one in people().values()} == {one.id for one in groups()}
    for one in people().values():
        assert one.organisation is None or OrganisationId(one.organisation) in directory.organisations
    employed = {StaffId(one.employee) for one in people().values() if one.employee}
    assert directory.staff.keys() <= employed
    assert employed - directory.staff.keys() == {"otto.exempel"}


# ── Who may ask ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example.se/"},
        {"redirect_uri": GOOD["redirect_uri"] + "/more"},
        {"response_type": "token"},
        {"scope": "profile"},
        {"code_challenge_method": "plain"},
    ],
    ids=str,
)
def test_a_request_that_is_not_ours_is_refused_without_sending_the_browser_anywhere(
    eid: Eid, wrong: dict[str, str]
) -> None:
    address = f"/test-eid/authorize?{urlencode({**GOOD, **wrong})}"
    assert eid.client.get(address).status_code == 400
    assert eid.choose(**wrong).status_code == 400


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_request_that_lacks_something_is_refused(eid: Eid, name: str) -> None:
    lacking = {one: value for one, value in GOOD.items() if one != name}
    assert eid.client.get(f"/test-eid/authorize?{urlencode(lacking)}").status_code == 400


def test_nobody_can_be_somebody_who_is_not_listed(eid: Eid) -> None:
    assert eid.choose("nobody").status_code == 400


def test_cancelling_gives_no_code(eid: Eid) -> None:
    answer = eid.client.post(f"/test-eid/authorize?{urlencode(GOOD)}", data={"cancel": "1"})
    found = query(answer.headers["Location"])
    assert found == {"error": "access_denied", "state": GOOD["state"], "iss": "http://localhost:8080/test-eid"}


# ── Codes and tokens ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_lives_five_minutes_and_says_who_for_whom_and_how_sure(eid: Eid) -> None:
    claims, now = eid.claims(), int(NOW.timestamp())
    assert (claims["iat"], claims["exp"], claims["auth_time"]) == (now, now + 300, now)
    assert (claims["aud"], claims["nonce"]) == ("troskelfri", GOOD["nonce"])
    assert claims["acr"] == "http://id.elegnamnden.se/loa/1.0/loa3"
    assert (claims["name"], claims["organisation"]) == ("Elsa Exempel", "exempelskolan")
    assert "employee" not in claims


def test_a_subject_is_lasting_and_says_nothing(eid: Eid) -> None:
    one, again, other = eid.claims(), eid.claims(), eid.claims("anna.exempel")
    assert one["sub"] == again["sub"] != other["sub"]
    assert "197909212388" not in str(one["sub"])


def test_a_code_is_used_once(eid: Eid) -> None:
    code = eid.code()
    assert eid.redeem(code).status_code == 200
    assert eid.redeem(code).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example.se/"},
        {"grant_type": "password"},
    ],
    ids=str,
)
def test_a_code_is_worth_nothing_to_anybody_else_and_is_spent_by_the_try(eid: Eid, wrong: dict[str, str]) -> None:
    code = eid.code()
    refused = eid.redeem(code, **wrong)
    assert (refused.status_code, refused.get_json()) == (400, {"error": "invalid_grant"})
    assert eid.redeem(code).status_code == 400


def test_a_code_is_too_old_after_a_minute(eid: Eid) -> None:
    code = eid.code()
    eid.clock.advance(seconds=60)
    assert eid.redeem(code).status_code == 400


def test_codes_nobody_came_for_are_forgotten() -> None:
    codes, asked = Codes(), Asked("troskelfri", GOOD["redirect_uri"], "s", "n", CHALLENGE)
    codes.give(Grant(asked, "elsa.exempel", NOW))
    codes.give(Grant(asked, "elsa.exempel", NOW + LIFE + timedelta(seconds=1)))
    assert len(codes._grants) == 1
