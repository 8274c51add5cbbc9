"""What must hold of everything that would be deployed, whatever its name: looked for in the whole plan.

Terraform's own assertions ask after what they know by name. What somebody adds beside it is seen here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

RIGHTS: Final = frozenset(
    {
        ("google_project_iam_member", "roles/datastore.user"),
        ("google_project_iam_member", "roles/storage.objectViewer"),
        ("google_project_iam_member", "roles/artifactregistry.writer"),
        ("google_project_iam_member", "roles/logging.logWriter"),
        ("google_kms_crypto_key_iam_member", "roles/cloudkms.cryptoKeyEncrypterDecrypter"),
        ("google_cloud_tasks_queue_iam_member", "roles/cloudtasks.enqueuer"),
        ("google_service_account_iam_member", "roles/iam.serviceAccountUser"),
        ("google_storage_bucket_iam_member", "roles/storage.objectUser"),
        ("google_secret_manager_secret_iam_member", "roles/secretmanager.secretAccessor"),
        ("google_cloud_run_v2_service_iam_member", "roles/run.invoker"),
    }
)
"""Every right that anything here needs, by the kind of thing it is given for."""
ONLY_FOR_A_PART: Final = frozenset({"roles/datastore.user", "roles/storage.objectViewer"})
"""Rights in the whole project that a condition has to narrow."""
ANYBODY: Final = frozenset({"allUsers", "allAuthenticatedUsers"})
INVOKER: Final = "roles/run.invoker"
_LEAST_BACKUP_S: Final = 7 * 86400
_LEAST_RETRY_S: Final = 86400

Values = Mapping[str, Any]


def faults(planned: Sequence[Mapping[str, Any]], public: Collection[str]) -> list[str]:
    """What breaks a rule: address and rule, in the order of the plan.

    `planned` are Terraform's resource changes as JSON, `public` the names of the services that anybody may call.
    """
    return [
        f"{one['address']}: {fault}"
        for one in planned
        if (after := one["change"]["after"]) is not None
        for fault in _faults(str(one["type"]), after, public)
    ]


def _faults(kind: str, values: Values, public: Collection[str]) -> Iterator[str]:
    if "_iam_" in kind:
        yield from _rights(kind, values, public)
    if kind == "google_firestore_database" and values.get("delete_protection_state") != "DELETE_PROTECTION_ENABLED":
        yield "a database that can be deleted"
    if kind == "google_firestore_backup_schedule" and _seconds(values["retention"]) < _LEAST_BACKUP_S:
        yield "backups that are kept for less than a week"
    if kind == "google_storage_bucket" and values.get("public_access_prevention") != "enforced":
        yield "a bucket that could be opened to everybody"
    if kind == "google_compute_ssl_policy" and values.get("min_tls_version") not in {"TLS_1_2", "TLS_1_3"}:
        yield "TLS older than 1.2"
    if kind == "google_cloud_scheduler_job" and values.get("paused"):
        yield "a sweep that never comes"
    if kind == "google_cloud_tasks_queue" and _seconds(_retries(values)) < _LEAST_RETRY_S:
        yield "alarms that are given up within a day"


def _rights(kind: str, values: Values, public: Collection[str]) -> Iterator[str]:
    role, member = values.get("role"), str(values.get("member"))
    if (kind, role) not in RIGHTS:
        yield f"a right that nothing here needs, {role}"
    if role in ONLY_FOR_A_PART and not values.get("condition"):
        yield f"{role} in the whole project"
    if member in ANYBODY:
        if role != INVOKER or values.get("name") not in public:
            yield "anybody may use it"
    elif not (member.startswith("serviceAccount:") and member.endswith(".iam.gserviceaccount.com")):
        yield f"a right for somebody outside, {member}"
    elif role == INVOKER and values.get("name") in public:
        yield "a second caller of what the load balancer calls"


def _retries(values: Values) -> str:
    """How long the queue tries; "0s" where it tries less often than it has time for."""
    (how,) = values["retry_config"]
    return str(how["max_retry_duration"]) if how["max_attempts"] == -1 or how["max_attempts"] >= 100 else "0s"  # noqa: PLR2004 - at most a quarter of an hour apart, a hundred last a day


def _seconds(duration: str) -> float:
    return float(duration.removesuffix("s"))
