# Who is given what: shown with two made-up functions, one that needs little and one that needs everything.

mock_provider "google" {}

override_data {
  target = data.google_project.this
  values = {
    number = "123456789012"
  }
}

variables {
  project           = "example-project"
  region            = "europe-north1"
  domain            = "social.example.se"
  municipality_file = "tests/anything.txt"
  source_zip        = "tests/anything.txt"

  functions = {
    front = {
      prefix      = "/"
      audience    = "anyone"
      internal    = false
      memory_mb   = 512
      concurrency = 80
      timeout_s   = 30
      needs       = ["data"]
      secrets     = []
      request_log = false
    }
    the_rest = {
      prefix      = "/intern"
      audience    = "alarms"
      internal    = true
      memory_mb   = 512
      concurrency = 10
      timeout_s   = 120
      needs       = ["data", "keys", "alarms", "files"]
      secrets     = ["eid-key"]
      request_log = true
    }
  }
}

run "each_account_has_only_what_its_function_needs" {
  command = plan

  assert {
    condition = { for key, one in google_project_iam_member.database : key => "${one.member} ${one.role} ${one.condition[0].expression}" } == {
      "front/data"    = "serviceAccount:fn-front@example-project.iam.gserviceaccount.com roles/datastore.user resource.name == \"projects/example-project/databases/data\""
      "the_rest/data" = "serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/datastore.user resource.name == \"projects/example-project/databases/data\""
      "the_rest/keys" = "serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/datastore.user resource.name == \"projects/example-project/databases/keys\""
    }
    error_message = "A function reaches a database that it does not need, or not the one that it needs."
  }
  assert {
    condition = { for kind, given in {
      key     = google_kms_crypto_key_iam_member.sealing
      queue   = google_cloud_tasks_queue_iam_member.setter
      account = google_service_account_iam_member.setter
      files   = google_storage_bucket_iam_member.files
      } : kind => [for one in given : "${one.member} ${one.role}"] } == {
      key     = ["serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/cloudkms.cryptoKeyEncrypterDecrypter"]
      queue   = ["serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/cloudtasks.enqueuer"]
      account = ["serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/iam.serviceAccountUser"]
      files   = ["serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/storage.objectUser"]
    }
    error_message = "A function may use the key, the queue, the alarms' account or the attachments without needing them."
  }
  assert {
    condition = { for key, one in google_secret_manager_secret_iam_member.reader : key => "${one.member} ${one.role} ${one.secret_id}" } == {
      "front/municipality"    = "serviceAccount:fn-front@example-project.iam.gserviceaccount.com roles/secretmanager.secretAccessor municipality"
      "the_rest/municipality" = "serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/secretmanager.secretAccessor municipality"
      "the_rest/eid-key"      = "serviceAccount:fn-the-rest@example-project.iam.gserviceaccount.com roles/secretmanager.secretAccessor eid-key"
    }
    error_message = "A function reads a secret that it does not name."
  }
  assert {
    condition = { for name, one in google_cloudfunctions2_function.function : name => one.service_config[0].service_account_email } == {
      front    = "fn-front@example-project.iam.gserviceaccount.com"
      the_rest = "fn-the-rest@example-project.iam.gserviceaccount.com"
    }
    error_message = "A function runs as another account than its own."
  }
  assert {
    condition     = { for name, one in google_service_account.function : name => one.account_id } == { front = "fn-front", the_rest = "fn-the-rest" }
    error_message = "The accounts are not called what the roles are given to."
  }
}

run "the_account_that_builds_reaches_the_uploads_and_nothing_that_is_kept" {
  command = plan

  assert {
    condition     = toset(keys(google_project_iam_member.build)) == toset(["roles/artifactregistry.writer", "roles/logging.logWriter"])
    error_message = "The account that builds may do more than write images and its log."
  }
  assert {
    condition     = strcontains(google_project_iam_member.build_source.condition[0].expression, "example-project-source/")
    error_message = "The account that builds reads more than the uploads."
  }
}

run "requests_of_a_function_that_asks_for_it_leave_no_line" {
  command = plan

  assert {
    condition     = keys(google_logging_project_exclusion.requests) == ["front"]
    error_message = "Request lines are stored, or left out, against what the function declares."
  }
  assert {
    condition     = !google_compute_backend_service.function["front"].log_config[0].enable
    error_message = "The load balancer stores the request lines instead."
  }
}

run "two_functions_never_claim_the_same_prefix" {
  command = plan

  variables {
    functions = {
      one   = { prefix = "/", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
      other = { prefix = "/", audience = "alarms", internal = true, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    }
  }

  expect_failures = [var.functions]
}

run "somebody_takes_the_paths_that_nobody_claims" {
  command = plan

  variables {
    functions = {
      one   = { prefix = "/one", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
      other = { prefix = "/other", audience = "alarms", internal = true, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    }
  }

  expect_failures = [var.functions]
}

run "an_account_can_be_named_after_every_function" {
  command = plan

  variables {
    functions = {
      ab    = { prefix = "/", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
      other = { prefix = "/other", audience = "alarms", internal = true, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    }
  }

  expect_failures = [var.functions]
}

run "the_domain_is_a_host_name" {
  command = plan

  variables {
    domain = "https://social.example.se/"
  }

  expect_failures = [var.domain]
}
