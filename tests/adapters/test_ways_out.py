"""What an installation must say about its ways out, and that without a word nothing leaves."""

from collections.abc import Mapping

import pytest

from shared.adapters.ways_out import ways_out
from shared.app import assemble
from shared.domain.messages import Channel
from shared.ports.notices import NotTaken, Outgoing
from shared.settings import BadSettings, Settings, Stage, read
from tests.houses import DEMO, HandClock, kept
from tests.towns import TOWN

PLAIN = {
    "TROSKELFRI_ORIGIN": "https://social.example.se",
    "TROSKELFRI_MUNICIPALITY": "exempel.toml",
}
SMTP = {
    "TROSKELFRI_SMTP_HOST": "mail.example.se",
    "TROSKELFRI_SMTP_FROM": "ingen-svarar@example.se",
    "TROSKELFRI_SMTP_USER": "troskelfri",
    "TROSKELFRI_SMTP_PASSWORD_FILE": "password",
}
SMS = {
    "TROSKELFRI_SMS_URL": "https://api.example.se/a1/sms",
    "TROSKELFRI_SMS_FROM": "Kommunen",
    "TROSKELFRI_SMS_USER": "u1",
    "TROSKELFRI_SMS_PASSWORD_FILE": "password",
}
OUT = Outgoing("m" * 32, "+46313900613", "", "x")


def connected(said: Mapping[str, str]) -> set[Channel]:
    found = ways_out(read({**PLAIN, **said}), HandClock())
    return {channel for channel, sender in found.items() if sender.connected}


def test_what_is_set_up_is_there_and_what_is_not_takes_nothing() -> None:
    assert connected({}) == set()
    assert connected(SMTP) == {Channel.EMAIL}
    assert connected({**SMTP, **SMS}) == set(Channel)
    with pytest.raises(NotTaken, match="not_connected"):
        ways_out(Settings(), HandClock())[Channel.SMS].send(OUT)


def test_a_mail_server_may_ask_for_no_login() -> None:
    bare = {name: SMTP[name] for name in ("TROSKELFRI_SMTP_HOST", "TROSKELFRI_SMTP_FROM")}

    assert connected(bare) == {Channel.EMAIL}
    assert read({**PLAIN, **bare}).smtp_port == 587


@pytest.mark.parametrize("name", SMS)
def test_text_messages_need_all_four(name: str) -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_SMS"):
        read({**PLAIN, **{one: value for one, value in SMS.items() if one != name}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TROSKELFRI_SMTP_HOST", "mail.example.se:25"),
        ("TROSKELFRI_SMTP_HOST", ""),
        ("TROSKELFRI_SMTP_FROM", "Kommunen <a@example.se>"),
        ("TROSKELFRI_SMTP_FROM", "a@example.se\nBcc: b@example.se"),
        ("TROSKELFRI_SMTP_PORT", "0"),
        ("TROSKELFRI_SMTP_PORT", "smtp"),
        ("TROSKELFRI_SMTP_USER", ""),
        ("TROSKELFRI_SMTP_PASSWORD_FILE", ""),
        ("TROSKELFRI_SMS_URL", "http://api.example.se/a1/sms"),
        ("TROSKELFRI_SMS_URL", "https://user:secret@api.example.se/a1/sms"),
        ("TROSKELFRI_SMS_FROM", "Socialtjansten"),
        ("TROSKELFRI_SMS_FROM", "Åmål"),
        ("TROSKELFRI_SMS_FROM", "0313900613"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_SM"):
        read({**PLAIN, **SMTP, **SMS, name: value})


def test_at_stage_demo_nothing_leaves_whatever_is_set_up() -> None:
    settings = read({**SMTP, **SMS, "TROSKELFRI_STAGE": "demo", "TROSKELFRI_ORIGIN": DEMO.origin})
    house = assemble(settings, kept(), TOWN)
    house._senders[Channel.SMS].send(OUT)

    assert settings.stage is Stage.DEMO
    assert [one.out for one in house.practice_post.newest] == [OUT]
