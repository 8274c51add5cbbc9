# One Cloud Run function (2nd gen) per folder of functions/, all built from one upload.

locals {
  service  = { for name in keys(var.functions) : name => replace(name, "_", "-") }
  public   = { for name, one in var.functions : name => one if !one.internal }
  internal = one([for name, one in var.functions : name if one.internal])
  mounted  = { for name, one in var.functions : name => setunion(setsubtract(one.secrets, local.unused), ["municipality"]) }

  # The password of a way out that is not set up, a seal that nobody has, the key of no video server or a list of no meetings has no version, and a function that mounts it would not start.
  unused = setunion(
    try(var.smtp.user, "") == "" ? ["smtp-password"] : [],
    var.sms == null ? ["sms-password"] : [],
    var.seal ? [] : ["seal", "seal-passphrase"],
    var.video == null ? ["video-key"] : [],
    var.booking_file == null ? ["booking"] : [],
  )

  ways_out = merge(
    var.smtp == null ? {} : {
      TROSKELFRI_SMTP_HOST = var.smtp.host
      TROSKELFRI_SMTP_PORT = tostring(var.smtp.port)
      TROSKELFRI_SMTP_FROM = var.smtp.from
    },
    try(var.smtp.user, "") == "" ? {} : {
      TROSKELFRI_SMTP_USER          = var.smtp.user
      TROSKELFRI_SMTP_PASSWORD_FILE = "/etc/troskelfri/smtp-password/content"
    },
    var.sms == null ? {} : {
      TROSKELFRI_SMS_URL           = var.sms.url
      TROSKELFRI_SMS_FROM          = var.sms.from
      TROSKELFRI_SMS_USER          = var.sms.user
      TROSKELFRI_SMS_PASSWORD_FILE = "/etc/troskelfri/sms-password/content"
    },
  )

  environment = {
    PYTHONPATH              = "/workspace"
    TROSKELFRI_STAGE        = "production"
    TROSKELFRI_KEEPERS      = "cloud"
    TROSKELFRI_ORIGIN       = "https://${var.domain}"
    TROSKELFRI_TENANT       = var.tenant
    TROSKELFRI_MUNICIPALITY = "/etc/troskelfri/municipality/content"

    # Every function is told where everything is kept; what it may reach of that, its account decides (access.tf).
    TROSKELFRI_PROJECT       = var.project
    TROSKELFRI_DATA_DATABASE = "data"
    TROSKELFRI_KEYS_DATABASE = "keys"
    TROSKELFRI_FILES_BUCKET  = local.files_bucket
    TROSKELFRI_KMS_KEY       = "projects/${var.project}/locations/${var.region}/keyRings/troskelfri/cryptoKeys/sealing"
    TROSKELFRI_TASKS_QUEUE   = "projects/${var.project}/locations/${var.region}/queues/alarms"
    TROSKELFRI_TASKS_TARGET  = local.alarm_address
    TROSKELFRI_TASKS_ACCOUNT = local.caller
  }

  # For the functions that seal decisions, whose secrets are mounted there.
  seal = {
    TROSKELFRI_SEAL_FILE            = "/etc/troskelfri/seal/content"
    TROSKELFRI_SEAL_PASSPHRASE_FILE = "/etc/troskelfri/seal-passphrase/content"
  }

  # For the functions that must know which meetings can be booked.
  booking = { TROSKELFRI_BOOKING = "/etc/troskelfri/booking/content" }

  # What is written here, not put in by hand: a changed file makes a new version, and the functions start anew with it.
  versions = merge(
    { municipality = google_secret_manager_secret_version.municipality.version },
    var.booking_file == null ? {} : { booking = one(google_secret_manager_secret_version.booking[*].version) },
  )

  # For the functions that let people into video meetings.
  video = var.video == null ? {} : {
    TROSKELFRI_VIDEO_URL      = var.video.url
    TROSKELFRI_VIDEO_APP      = var.video.app
    TROSKELFRI_VIDEO_KEY_FILE = "/etc/troskelfri/video-key/content"
  }
}

resource "google_service_account" "function" {
  for_each = var.functions

  account_id   = "fn-${local.service[each.key]}"
  display_name = "Runs functions/${each.key}"
}

resource "google_storage_bucket_object" "source" {
  name   = "source-${filesha256(var.source_zip)}.zip"
  bucket = google_storage_bucket.source.name
  source = var.source_zip
}

resource "google_cloudfunctions2_function" "function" {
  for_each = var.functions

  name     = local.service[each.key]
  location = var.region

  build_config {
    runtime           = "python312"
    entry_point       = "http"
    docker_repository = google_artifact_registry_repository.functions.id
    service_account   = google_service_account.build.id

    environment_variables = {
      GOOGLE_FUNCTION_SOURCE = "functions/${each.key}/main.py"
    }

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
  }

  service_config {
    service_account_email            = local.email[each.key]
    ingress_settings                 = each.value.internal ? "ALLOW_INTERNAL_ONLY" : "ALLOW_INTERNAL_AND_GCLB"
    available_cpu                    = "1"
    available_memory                 = "${each.value.memory_mb}Mi"
    timeout_seconds                  = each.value.timeout_s
    max_instance_count               = var.most_instances
    max_instance_request_concurrency = each.value.concurrency
    all_traffic_on_latest_revision   = true

    # The server takes four requests at once per processor unless it is told how many the platform sends.
    environment_variables = merge(
      local.environment,
      local.ways_out,
      { THREADS = tostring(each.value.concurrency) },
      each.value.internal ? { TROSKELFRI_TASKS_INVOKER = "iam" } : {},
      contains(local.mounted[each.key], "seal") ? local.seal : {},
      contains(local.mounted[each.key], "video-key") ? local.video : {},
      contains(local.mounted[each.key], "booking") ? local.booking : {},
    )

    dynamic "secret_volumes" {
      for_each = local.mounted[each.key]

      content {
        mount_path = "/etc/troskelfri/${secret_volumes.value}"
        project_id = var.project
        secret     = google_secret_manager_secret.held[secret_volumes.value].secret_id

        versions {
          path    = "content"
          version = lookup(local.versions, secret_volumes.value, "latest")
        }
      }
    }
  }

  depends_on = [
    google_project_iam_member.build,
    google_project_service.used,
    google_secret_manager_secret_iam_member.reader,
    google_service_account.function,
  ]
}

# The secrets in the addresses that the SMS gateway calls back, and that calendar programs fetch, are keys: no line holds them.
resource "google_logging_project_exclusion" "secrets_in_addresses" {
  name   = "secrets-in-addresses"
  filter = "httpRequest.requestUrl:\"/aterkoppling/\" OR httpRequest.requestUrl:\"/arbete/kalender/\""
}

# Lines of the platform about each request name addresses and browsers: a function may ask that they are not stored.
resource "google_logging_project_exclusion" "requests" {
  for_each = { for name, one in var.functions : name => one if !one.request_log }

  name   = "requests-${local.service[each.key]}"
  filter = "logName:\"run.googleapis.com%2Frequests\" AND resource.labels.service_name=\"${local.service[each.key]}\""
}
