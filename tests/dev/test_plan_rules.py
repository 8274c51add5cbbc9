"""The rules for a plan: what breaks one is named by its address, whatever it is called."""

from collections.abc import Mapping
from typing import Any

import pytest

from shared.dev.plan_rules import faults

OURS = "serviceAccount:fn-start@example-project.iam.gserviceaccount.com"
RUN = "google_cloud_run_v2_service_iam_member"
KEPT = {"delete_protection_state": "DELETE_PROTECTION_ENABLED"}
TRIES = {"max_attempts": 100, "max_retry_duration": "86400s"}


def found(kind: str, **values: Any) -> list[str]:
    planned: list[Mapping[str, Any]] = [{"address": f"{kind}.one", "type": kind, "change": {"after": values}}]
    return [one.removeprefix(f"{kind}.one: ") for one in faults(planned, {"start"})]


@pytest.mark.parametrize(("kind", "values"), [
    (RUN, {"role": "roles/run.invoker", "member": "allUsers", "name": "start"}),
    (RUN, {"role": "roles/run.invoker", "member": OURS, "name": "deadlines"}),
    ("google_firestore_database", KEPT),
    ("google_firestore_backup_schedule", {"retention": "604800s"}),
    ("google_storage_bucket", {"public_access_prevention": "enforced"}),
    ("google_compute_ssl_policy", {"min_tls_version": "TLS_1_2"}),
    ("google_cloud_scheduler_job", {"paused": None}),
    ("google_cloud_tasks_queue", {"retry_config": [TRIES]}),
    ("google_project_iam_member", {"role": "roles/datastore.user", "member": OURS, "condition": [{"title": "one"}]}),
])  # fmt: skip
def test_what_is_needed_breaks_no_rule(kind: str, values: Mapping[str, Any]) -> None:
    assert found(kind, **values) == []


@pytest.mark.parametrize(("kind", "values", "named"), [
    (RUN, {"role": "roles/run.invoker", "member": "allUsers", "name": "deadlines"}, "anybody may use it"),
    (RUN, {"role": "roles/run.invoker", "member": "allAuthenticatedUsers", "name": "x"}, "anybody may use it"),
    (RUN, {"role": "roles/run.invoker", "member": OURS, "name": "start"},
     "a second caller of what the load balancer calls"),
    (RUN, {"role": "roles/run.invoker", "member": "domain:example.com", "name": "deadlines"},
     "a right for somebody outside, domain:example.com"),
    ("google_project_iam_binding", {"role": "roles/datastore.user", "members": [OURS], "condition": [{}]},
     "a right that nothing here needs, roles/datastore.user"),
    ("google_project_iam_member", {"role": "roles/datastore.user", "member": OURS, "condition": []},
     "roles/datastore.user in the whole project"),
    ("google_project_iam_member", {"role": "roles/editor", "member": OURS},
     "a right that nothing here needs, roles/editor"),
    ("google_firestore_database", {"delete_protection_state": None}, "a database that can be deleted"),
    ("google_firestore_backup_schedule", {"retention": "86400s"}, "backups that are kept for less than a week"),
    ("google_storage_bucket", {"public_access_prevention": "inherited"}, "a bucket that could be opened to everybody"),
    ("google_compute_ssl_policy", {"min_tls_version": "TLS_1_0"}, "TLS older than 1.2"),
    ("google_cloud_scheduler_job", {"paused": True}, "a sweep that never comes"),
    ("google_cloud_tasks_queue", {"retry_config": [{**TRIES, "max_attempts": 1}]},
     "alarms that are given up within a day"),
    ("google_cloud_tasks_queue", {"retry_config": [{**TRIES, "max_retry_duration": "60s"}]},
     "alarms that are given up within a day"),
])  # fmt: skip
def test_what_breaks_a_rule_is_named(kind: str, values: Mapping[str, Any], named: str) -> None:
    assert named in found(kind, **values)


def test_what_goes_away_breaks_no_rule() -> None:
    gone: Mapping[str, Any] = {"address": "x.y", "type": "google_firestore_database", "change": {"after": None}}
    assert faults([gone], set()) == []
