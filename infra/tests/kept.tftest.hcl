# What is built, kept and rung for the functions that are really deployed.

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
}

run "every_function_is_built_from_the_one_upload_and_starts_at_its_own_file" {
  command = plan

  assert {
    condition = alltrue([for name, one in google_cloudfunctions2_function.function :
      one.build_config[0].environment_variables == tomap({ GOOGLE_FUNCTION_SOURCE = "functions/${name}/main.py" })
      && one.build_config[0].source[0].storage_source[0].object == google_storage_bucket_object.source.name
      && one.build_config[0].entry_point == "http"
    ])
    error_message = "A function is not built from the upload, or starts elsewhere."
  }
  assert {
    condition     = toset(keys(google_cloudfunctions2_function.function)) == toset(keys(var.functions))
    error_message = "A function is not deployed."
  }
  assert {
    condition = alltrue([for name, one in google_cloudfunctions2_function.function :
      one.service_config[0].max_instance_request_concurrency == var.functions[name].concurrency
      && one.service_config[0].environment_variables["THREADS"] == tostring(var.functions[name].concurrency)
    ])
    error_message = "A function takes another number of requests at once than it declares."
  }
}

run "every_function_is_told_where_everything_is_kept" {
  command = plan

  assert {
    condition = alltrue([for one in google_cloudfunctions2_function.function : {
      for name, value in one.service_config[0].environment_variables : name => value if !contains(["THREADS", "TROSKELFRI_TASKS_INVOKER", "TROSKELFRI_SEAL", "TROSKELFRI_SEAL_PASSPHRASE"], name)
      } == {
      PYTHONPATH               = "/workspace"
      TROSKELFRI_STAGE         = "production"
      TROSKELFRI_KEEPERS       = "cloud"
      TROSKELFRI_ORIGIN        = "https://social.example.se"
      TROSKELFRI_TENANT        = "socialnamnden"
      TROSKELFRI_MUNICIPALITY  = "/etc/troskelfri/municipality/content"
      TROSKELFRI_PROJECT       = "example-project"
      TROSKELFRI_DATA_DATABASE = google_firestore_database.kept["data"].name
      TROSKELFRI_KEYS_DATABASE = google_firestore_database.kept["keys"].name
      TROSKELFRI_FILES_BUCKET  = google_storage_bucket.files.name
      TROSKELFRI_KMS_KEY       = "projects/example-project/locations/${google_kms_key_ring.troskelfri.location}/keyRings/${google_kms_key_ring.troskelfri.name}/cryptoKeys/${google_kms_crypto_key.sealing.name}"
      TROSKELFRI_TASKS_QUEUE   = "projects/example-project/locations/${google_cloud_tasks_queue.alarms.location}/queues/${google_cloud_tasks_queue.alarms.name}"
      TROSKELFRI_TASKS_TARGET  = "https://deadlines-123456789012.europe-north1.run.app"
      TROSKELFRI_TASKS_ACCOUNT = "${google_service_account.caller.account_id}@example-project.iam.gserviceaccount.com"
    }])
    error_message = "A function is told of another keeper than there is."
  }
}

run "the_sealing_key_is_renewed_and_its_old_versions_are_kept_long_enough_to_be_brought_back" {
  command = plan

  assert {
    condition     = google_kms_crypto_key.sealing.purpose == "ENCRYPT_DECRYPT" && google_kms_crypto_key.sealing.rotation_period == "7776000s" && google_kms_crypto_key.sealing.destroy_scheduled_duration == "2592000s"
    error_message = "The sealing key is not renewed every ninety days, or is gone sooner than thirty days after its destruction is asked for."
  }
}

run "every_database_is_protected" {
  command = plan

  assert {
    condition     = toset(keys(google_firestore_database.kept)) == toset(["data", "keys"])
    error_message = "Documents and keys do not lie in a database each."
  }
  assert {
    condition = alltrue([for one in google_firestore_database.kept :
      one.delete_protection_state == "DELETE_PROTECTION_ENABLED"
      && one.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
      && one.deletion_policy == "ABANDON"
      && one.location_id == var.region
    ])
    error_message = "A database can be deleted, or cannot be taken back to an earlier hour."
  }
  assert {
    condition     = google_firestore_backup_schedule.daily["keys"].retention == "604800s"
    error_message = "Backups of the keys outlive the week after which what is erased is gone."
  }
}

run "every_index_is_made" {
  command = plan

  assert {
    condition     = length(google_firestore_index.composite) == length(jsondecode(file("firestore.indexes.json")).indexes)
    error_message = "A declared index is not made."
  }
  assert {
    condition     = alltrue([for one in google_firestore_index.composite : length(one.fields) >= 2 && one.query_scope == "COLLECTION"])
    error_message = "An index is not a composite one."
  }
  assert {
    condition     = contains(keys(google_firestore_field.without_index), "cases/sealed") && alltrue([for one in google_firestore_field.without_index : length(one.index_config) == 1])
    error_message = "What is sealed lies in an index."
  }
}

run "no_bucket_can_be_made_public" {
  command = plan

  assert {
    condition = alltrue([for one in [google_storage_bucket.source, google_storage_bucket.files] :
      one.public_access_prevention == "enforced" && one.uniform_bucket_level_access
    ])
    error_message = "A bucket can be opened to the public."
  }
}

run "the_sweep_runs_every_five_minutes_and_says_who_it_is" {
  command = plan

  assert {
    condition     = google_cloud_scheduler_job.sweep.schedule == "*/5 * * * *"
    error_message = "The sweep does not run every five minutes."
  }
  assert {
    condition     = google_cloud_scheduler_job.sweep.http_target[0].uri == "https://deadlines-123456789012.europe-north1.run.app/intern/svep"
    error_message = "The sweep calls another address than the alarms function's own."
  }
  assert {
    condition = google_cloud_scheduler_job.sweep.http_target[0].oidc_token[0] == {
      audience              = "https://deadlines-123456789012.europe-north1.run.app"
      service_account_email = "alarm-caller@example-project.iam.gserviceaccount.com"
    }
    error_message = "The sweep does not prove who it is, or to whom it speaks."
  }
}

run "everything_is_kept_and_run_in_the_chosen_region" {
  command = plan

  variables {
    region = "europe-north2"
  }

  assert {
    condition = toset(concat(
      [for one in google_cloudfunctions2_function.function : one.location],
      [for one in google_firestore_database.kept : one.location_id],
      [for one in google_secret_manager_secret.held : one.replication[0].user_managed[0].replicas[0].location],
      [google_storage_bucket.source.location, google_storage_bucket.files.location],
      [google_cloud_tasks_queue.alarms.location, google_cloud_scheduler_job.sweep.region],
      [google_kms_key_ring.troskelfri.location, google_artifact_registry_repository.functions.location],
    )) == toset(["europe-north2"])
    error_message = "Something is kept or run outside the chosen region."
  }
}
