"""What an installation must say about its alarms in the cloud, and what it is refused."""

import pytest

from shared.settings import BadSettings, Invoker, read

TASKS = {
    "TROSKELFRI_TASKS_QUEUE": "projects/exempel/locations/europe-north1/queues/deadlines",
    "TROSKELFRI_TASKS_TARGET": "https://deadlines-exempel.a.run.app",
    "TROSKELFRI_TASKS_ACCOUNT": "alarms@exempel.iam.gserviceaccount.com",
}
CLOUD = {
    "TROSKELFRI_KEEPERS": "cloud",
    "TROSKELFRI_ORIGIN": "https://socialtjanst.example.se",
    "TROSKELFRI_MUNICIPALITY": "exempel.toml",
    **TASKS,
}


def test_signatures_are_verified_here_unless_something_else_is_said() -> None:
    assert read(CLOUD).tasks_invoker is Invoker.PUBLIC


def test_the_platform_is_trusted_on_the_platform_only() -> None:
    trusting = {**CLOUD, "TROSKELFRI_TASKS_INVOKER": "iam"}
    assert read({**trusting, "K_SERVICE": "deadlines"}).tasks_invoker is Invoker.IAM
    with pytest.raises(BadSettings, match="Cloud Run"):
        read(trusting)


def test_an_unknown_word_about_who_can_call_is_refused() -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_TASKS_INVOKER"):
        read({**CLOUD, "TROSKELFRI_TASKS_INVOKER": "nobody"})


def test_a_slash_after_the_address_means_nothing() -> None:
    address = CLOUD["TROSKELFRI_TASKS_TARGET"]
    assert read({**CLOUD, "TROSKELFRI_TASKS_TARGET": f"{address}/"}).tasks_target == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUEUE", ""),
        ("QUEUE", "deadlines"),
        ("QUEUE", "projects/p/locations/l/queues/"),
        ("QUEUE", "projects/p/locations/l/queues/a/tasks/b"),
        ("TARGET", ""),
        ("TARGET", "http://deadlines-exempel.a.run.app"),
        ("TARGET", "https://deadlines-exempel.a.run.app/intern"),
        ("TARGET", "https://deadlines-exempel.a.run.app?x=1"),
        ("ACCOUNT", ""),
        ("ACCOUNT", "alarms"),
        ("ACCOUNT", "alarms@"),
    ],
)
def test_half_told_and_misspelt_settings_are_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"TROSKELFRI_TASKS_{name}"):
        read({**CLOUD, f"TROSKELFRI_TASKS_{name}": value})


def test_production_in_the_cloud_needs_a_queue() -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_TASKS_QUEUE"):
        read({name: value for name, value in CLOUD.items() if name not in TASKS})


def test_one_machine_has_no_queue() -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_KEEPERS"):
        read({**CLOUD, "TROSKELFRI_KEEPERS": "embedded"})
