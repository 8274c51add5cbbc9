"""The check of infra/ sees what a deployment would otherwise find: each mistake is made once, and must be named."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from shared.dev import terraform
from shared.dev.plan_rules import faults

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`right` in the file becomes `wrong`; `named` is what Terraform must say of it."""

    file: str
    right: str
    wrong: str
    named: str

    def make(self, folder: Path) -> None:
        """Make the mistake here; what is changed must be there, and only once."""
        text = (folder / self.file).read_text("utf-8")
        assert text.count(self.right) == 1
        (folder / self.file).write_text(text.replace(self.right, self.wrong), "utf-8")


REFUSED_BY_THE_PROVIDER: Final = {
    "misspelt argument": Mistake(
        "keepers.tf", "concurrency_mode ", "concurency_mode ", 'An argument named "concurency_mode" is not expected'
    ),
    "missing argument": Mistake(
        "alarms.tf",
        'name     = "alarms"\n  location = var.region',
        'name = "alarms"',
        'The argument "location" is required',
    ),
    "wrong type": Mistake(
        "functions.tf", "= var.most_instances", '= ["many"]', 'Inappropriate value for attribute "max_instance_count"'
    ),
    "unknown resource": Mistake(
        "routing.tf", '"google_compute_ssl_policy" "modern"', '"google_compute_sll_policy" "modern"', "Invalid resource"
    ),
    "unknown answer": Mistake("outputs.tf", "site.address", "site.adress", 'exported attribute named "adress"'),
}

AGAINST_THE_HOUSE: Final = (
    Mistake(
        "routing.tf",
        'one if one.prefix != "/" }',
        'one if one.prefix != "/" && name != "casework" }',
        "The paths of the load balancer are not those of the public functions.",
    ),
    Mistake(
        "access.tf",
        'member" "public" {\n  for_each = local.public',
        'member" "public" {\n  for_each = var.functions',
        "Anybody may call the alarms function.",
    ),
    Mistake("functions.tf", '"ALLOW_INTERNAL_ONLY"', '"ALLOW_ALL"', "The alarms function takes calls from outside."),
    Mistake("keepers.tf", '"DELETE_PROTECTION_ENABLED"', '"DELETE_PROTECTION_OFF"', "A database can be deleted"),
    Mistake("access.tf", "roles/datastore.user", "roles/datastore.owner", "A function reaches a database"),
    Mistake("access.tf", "local.with_keys\n", "var.functions\n", "A function may use the key"),
    Mistake("functions.tf", "cryptoKeys/sealing", "cryptoKeys/another", "A function is told of another keeper"),
    Mistake(
        "routing.tf",
        "security_policy       = google_compute_security_policy.edge.id",
        "security_policy       = google_compute_ssl_policy.modern.id",
        "A function is not guarded against floods.",
    ),
    Mistake(
        "routing.tf",
        'target_http_proxy" "to_https" {\n  name    = "to-https"\n  url_map = google_compute_url_map.to_https.id',
        'target_http_proxy" "to_https" {\n  name    = "to-https"\n  url_map = google_compute_url_map.site.id',
        "What comes without TLS is answered instead of sent on.",
    ),
    Mistake("routing.tf", "function[path_rule.key].id", "function[local.front].id", "A path leads to another"),
)
BESIDE_WHAT_IS_KNOWN: Final = """
resource "google_cloud_run_v2_service_iam_member" "more" {
  name     = google_cloudfunctions2_function.function[local.internal].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_cloud_run_v2_service_iam_member.public[local.front].member
}

resource "google_cloudfunctions2_function_iam_member" "older" {
  cloud_function = google_cloudfunctions2_function.function[local.front].name
  location       = var.region
  role           = "roles/cloudfunctions.invoker"
  member         = "allUsers"
}

resource "google_project_iam_member" "owner" {
  project = var.project
  role    = "roles/owner"
  member  = local.member[local.front]
}

resource "google_project_iam_member" "reader" {
  project = var.project
  role    = "roles/datastore.user"
  member  = local.member[local.front]
}

resource "google_firestore_database" "third" {
  name        = "third"
  location_id = var.region
  type        = "FIRESTORE_NATIVE"
}
"""
NAMED: Final = {
    "google_cloud_run_v2_service_iam_member.more: anybody may use it",
    "google_cloudfunctions2_function_iam_member.older: a right that nothing here needs, roles/cloudfunctions.invoker",
    "google_cloudfunctions2_function_iam_member.older: anybody may use it",
    "google_project_iam_member.owner: a right that nothing here needs, roles/owner",
    "google_project_iam_member.reader: roles/datastore.user in the whole project",
    "google_firestore_database.third: a database that can be deleted",
}
WRONG_DECLARATION: Final = Mistake(
    "functions.auto.tfvars.json", '"prefix": "/anmal"', '"prefix": ["/anmal"]', "string required"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """infra/ as it stands, ready for Terraform."""
    terraform.make_stand_in()
    folder = terraform.copied(terraform.INFRA, tmp_path_factory.mktemp("whole") / "infra")
    assert said(folder, *terraform.INIT)[0] == 0
    return folder


def said(folder: Path, *words: str) -> tuple[int, str]:
    """The exit code, and what Terraform says with its frames and line breaks taken away."""
    answer = terraform.terraform(words, folder, quiet=True)
    return answer.returncode, " ".join(answer.stdout.replace("│", " ").split())


def spoilt(whole: Path, room: Path, *mistakes: Mistake) -> Path:
    """A copy of infra/ with these mistakes."""
    folder = Path(shutil.copytree(whole, room / "infra", symlinks=True))
    for mistake in mistakes:
        mistake.make(folder)
    return folder


def test_infra_is_valid_as_it_stands(whole: Path) -> None:
    assert said(whole, "validate", "-no-color") == (0, "Success! The configuration is valid.")


@pytest.mark.parametrize("mistake", REFUSED_BY_THE_PROVIDER.values(), ids=REFUSED_BY_THE_PROVIDER.keys())
def test_what_the_provider_would_refuse_is_named(whole: Path, tmp_path: Path, mistake: Mistake) -> None:
    code, answer = said(spoilt(whole, tmp_path, mistake), "validate", "-no-color")

    assert code == 1
    assert mistake.named in answer


def test_what_must_hold_of_the_deployment_is_named_when_it_does_not(whole: Path, tmp_path: Path) -> None:
    code, answer = said(spoilt(whole, tmp_path, *AGAINST_THE_HOUSE), "test", "-no-color")

    assert code == 1
    assert [mistake.named for mistake in AGAINST_THE_HOUSE if mistake.named not in answer] == []


def test_nothing_in_the_plan_breaks_a_rule_as_it_stands(whole: Path) -> None:
    plan = terraform.planned(whole)

    assert faults(plan, terraform.public_services(whole)) == []
    assert {"google_firestore_database", "google_cloud_run_v2_service_iam_member"} <= {one["type"] for one in plan}


def test_what_is_added_beside_what_is_known_is_named(whole: Path, tmp_path: Path) -> None:
    folder = spoilt(whole, tmp_path)
    with (folder / "access.tf").open("a") as file:
        file.write(BESIDE_WHAT_IS_KNOWN)

    assert set(faults(terraform.planned(folder), terraform.public_services(folder))) == NAMED


def test_a_declaration_of_the_wrong_type_is_named(whole: Path, tmp_path: Path) -> None:
    folder = spoilt(whole, tmp_path, WRONG_DECLARATION)
    code, answer = said(folder, "test", "-no-color", "-filter=tests/reach.tftest.hcl")

    assert code == 1
    assert WRONG_DECLARATION.named in answer
