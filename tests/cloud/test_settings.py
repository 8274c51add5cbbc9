"""What an installation must say about its keepers in the cloud, and what it is refused."""

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
    "TROSKELFRI_PROJECT": "exempel-socialtjanst",
    "TROSKELFRI_FILES_BUCKET": "exempel-socialtjanst-files",
    "TROSKELFRI_KMS_KEY": "projects/exempel/locations/europe-north1/keyRings/troskelfri/cryptoKeys/sealing",
    **TASKS,
}
PRACTICE = {
    "TROSKELFRI_STAGE": "demo",
    "TROSKELFRI_KEEPERS": "cloud",
    "TROSKELFRI_ORIGIN": "http://localhost:8080",
    "FIRESTORE_EMULATOR_HOST": "127.0.0.1:8085",
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


def test_documents_and_keys_lie_in_a_database_each() -> None:
    settings = read(CLOUD)
    assert (settings.data_database, settings.keys_database) == ("data", "keys")
    with pytest.raises(BadSettings, match="two databases"):
        read({**CLOUD, "TROSKELFRI_KEYS_DATABASE": "data"})


@pytest.mark.parametrize("name", ["PROJECT", "FILES_BUCKET", "KMS_KEY"])
def test_production_in_the_cloud_does_not_start_without_its_keepers(name: str) -> None:
    with pytest.raises(BadSettings, match=f"TROSKELFRI_{name}") as refused:
        read({key: value for key, value in CLOUD.items() if key != f"TROSKELFRI_{name}"})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROJECT", "Exempel"),
        ("PROJECT", "exempel/annan"),
        ("DATA_DATABASE", "a"),
        ("KEYS_DATABASE", "keys/2"),
        ("FILES_BUCKET", "gs://files"),
        ("FILES_BUCKET", "files/annan"),
        ("KMS_KEY", "sealing"),
        ("KMS_KEY", "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"),
    ],
)
def test_misspelt_keepers_are_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"TROSKELFRI_{name}"):
        read({**CLOUD, f"TROSKELFRI_{name}": value})


@pytest.mark.parametrize("name", ["FILES_BUCKET", "KMS_KEY"])
def test_one_machine_has_neither_bucket_nor_key_service(name: str) -> None:
    embedded = {"TROSKELFRI_STAGE": "demo", "TROSKELFRI_ORIGIN": "http://localhost:8080"}
    with pytest.raises(BadSettings, match=f"TROSKELFRI_{name}"):
        read({**embedded, f"TROSKELFRI_{name}": CLOUD[f"TROSKELFRI_{name}"]})


def test_production_keeps_nothing_in_an_emulator() -> None:
    with pytest.raises(BadSettings, match="FIRESTORE_EMULATOR_HOST"):
        read({**CLOUD, "FIRESTORE_EMULATOR_HOST": "127.0.0.1:8085"})


def test_stage_demo_keeps_its_documents_in_a_project_that_no_cloud_has() -> None:
    settings = read(PRACTICE)
    assert (settings.project, settings.emulator) == ("demo-troskelfri", "127.0.0.1:8085")


@pytest.mark.parametrize("emulator", ["", "emulator.example.se:8085", "10.0.0.1:8085"])
def test_stage_demo_asks_an_emulator_on_this_machine_and_nothing_else(emulator: str) -> None:
    with pytest.raises(BadSettings, match="FIRESTORE_EMULATOR_HOST"):
        read({**PRACTICE, "FIRESTORE_EMULATOR_HOST": emulator})


@pytest.mark.parametrize("name", ["FILES_BUCKET", "KMS_KEY"])
def test_stage_demo_reaches_nothing_in_the_cloud(name: str) -> None:
    with pytest.raises(BadSettings, match="reaches no cloud"):
        read({**PRACTICE, f"TROSKELFRI_{name}": CLOUD[f"TROSKELFRI_{name}"]})


def test_stage_demo_sets_no_alarms_in_the_cloud() -> None:
    with pytest.raises(BadSettings, match="reaches no cloud"):
        read({**PRACTICE, **TASKS})
