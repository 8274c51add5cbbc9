# Who may do what: one account per function, given what its function.toml says that it needs, each thing by itself.

locals {
  # Written out instead of read from the accounts, so that the plan shows who is given what before anything exists.
  email       = { for name in keys(var.functions) : name => "fn-${local.service[name]}@${var.project}.iam.gserviceaccount.com" }
  member      = { for name, email in local.email : name => "serviceAccount:${email}" }
  caller      = "alarm-caller@${var.project}.iam.gserviceaccount.com"
  builder     = "builder@${var.project}.iam.gserviceaccount.com"
  with_alarms = toset([for name, one in var.functions : name if contains(one.needs, "alarms")])
  with_files  = toset([for name, one in var.functions : name if contains(one.needs, "files")])
  with_keys   = toset([for name, one in var.functions : name if contains(one.needs, "keys")])

  databases_of = merge([
    for name, one in var.functions : {
      for database in setintersection(one.needs, keys(local.databases)) : "${name}/${database}" => { name = name, database = database }
    }
  ]...)
  secrets_of = merge([
    for name, secrets in local.mounted : { for secret in secrets : "${name}/${secret}" => { name = name, secret = secret } }
  ]...)
}

resource "google_project_iam_member" "database" {
  for_each = local.databases_of

  project = var.project
  role    = "roles/datastore.user"
  member  = local.member[each.value.name]

  condition {
    title      = "database-${each.value.database}-only"
    expression = "resource.name == \"projects/${var.project}/databases/${each.value.database}\""
  }

  depends_on = [google_service_account.function]
}

resource "google_kms_crypto_key_iam_member" "sealing" {
  for_each = local.with_keys

  crypto_key_id = google_kms_crypto_key.sealing.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.member[each.key]

  depends_on = [google_service_account.function]
}

resource "google_cloud_tasks_queue_iam_member" "setter" {
  for_each = local.with_alarms

  name     = google_cloud_tasks_queue.alarms.name
  location = var.region
  role     = "roles/cloudtasks.enqueuer"
  member   = local.member[each.key]

  depends_on = [google_service_account.function]
}

# Whoever sets an alarm says as whom it will ring, and must be allowed to.
resource "google_service_account_iam_member" "setter" {
  for_each = local.with_alarms

  service_account_id = google_service_account.caller.name
  role               = "roles/iam.serviceAccountUser"
  member             = local.member[each.key]

  depends_on = [google_service_account.function]
}

resource "google_storage_bucket_iam_member" "files" {
  for_each = local.with_files

  bucket = google_storage_bucket.files.name
  role   = "roles/storage.objectUser"
  member = local.member[each.key]

  depends_on = [google_service_account.function]
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.secrets_of

  secret_id = google_secret_manager_secret.held[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member[each.value.name]

  depends_on = [google_service_account.function]
}

# The load balancer calls as nobody; that it alone reaches these functions is what their ingress setting sees to.
resource "google_cloud_run_v2_service_iam_member" "public" {
  for_each = local.public

  name     = google_cloudfunctions2_function.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_service_iam_member" "caller" {
  name     = google_cloudfunctions2_function.function[local.internal].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "serviceAccount:${local.caller}"

  depends_on = [google_service_account.caller]
}

resource "google_service_account" "build" {
  account_id   = "builder"
  display_name = "Builds the functions"
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/artifactregistry.writer", "roles/logging.logWriter"])

  project = var.project
  role    = each.key
  member  = "serviceAccount:${local.builder}"

  depends_on = [google_service_account.build]
}

# The platform builds from a copy of the upload in a bucket of its own; the attachments stay out of reach.
resource "google_project_iam_member" "build_source" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:${local.builder}"

  condition {
    title      = "uploads-only"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-\") || resource.name.startsWith(\"projects/_/buckets/${local.source_bucket}/\")"
  }

  depends_on = [google_service_account.build]
}
