# What is kept: documents and keys apart, attachments, uploads, secrets. Nothing here goes away by a slip of the hand.

locals {
  # Keys are restorable as short a time as the platform lets: what is erased is gone for good after seven days.
  databases     = { data = { backups_kept = "8467200s" }, keys = { backups_kept = "604800s" } }
  declared      = jsondecode(file("${path.module}/firestore.indexes.json"))
  secrets       = setunion(["municipality"], [for one in var.functions : one.secrets]...)
  source_bucket = "${var.project}-source"
  files_bucket  = "${var.project}-files"
}

resource "google_firestore_database" "kept" {
  for_each = local.databases

  name                              = each.key
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  deletion_policy                   = "ABANDON"

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.used]
}

resource "google_firestore_backup_schedule" "daily" {
  for_each = local.databases

  database  = google_firestore_database.kept[each.key].name
  retention = each.value.backups_kept

  daily_recurrence {}
}

resource "google_firestore_index" "composite" {
  for_each = {
    for index in local.declared.indexes :
    join("/", concat([index.collectionGroup], [for field in index.fields : "${field.fieldPath} ${lower(field.order)}"])) => index
  }

  database    = google_firestore_database.kept["data"].name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields

    content {
      field_path = fields.value.fieldPath
      order      = fields.value.order
    }
  }
}

# What no query names, sealed blobs above all, costs less without an index and stays out of every index.
resource "google_firestore_field" "without_index" {
  for_each = { for field in local.declared.fieldOverrides : "${field.collectionGroup}/${field.fieldPath}" => field }

  database   = google_firestore_database.kept["data"].name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  index_config {}
}

resource "google_storage_bucket" "source" {
  name                        = local.source_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  lifecycle_rule {
    condition {
      age = 90
    }
    action {
      type = "Delete"
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_storage_bucket" "files" {
  name                        = local.files_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # What is deleted by mistake can be fetched back for as long as an erased key can.
  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.used]
}

resource "google_artifact_registry_repository" "functions" {
  repository_id = "functions"
  location      = var.region
  format        = "DOCKER"

  depends_on = [google_project_service.used]
}

resource "google_kms_key_ring" "troskelfri" {
  name     = "troskelfri"
  location = var.region

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.used]
}

resource "google_kms_crypto_key" "sealing" {
  name                       = "sealing"
  key_ring                   = google_kms_key_ring.troskelfri.id
  purpose                    = "ENCRYPT_DECRYPT"
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_secret_manager_secret" "held" {
  for_each = local.secrets

  secret_id = each.key

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }

  depends_on = [google_project_service.used]
}

# Written, never read back: the file does not lie in Terraform's state. A changed file makes a new version.
resource "google_secret_manager_secret_version" "municipality" {
  secret                 = google_secret_manager_secret.held["municipality"].id
  secret_data_wo         = file(var.municipality_file)
  secret_data_wo_version = parseint(substr(filesha256(var.municipality_file), 0, 7), 16)
}

resource "google_secret_manager_secret_version" "booking" {
  count = var.booking_file == null ? 0 : 1

  secret                 = google_secret_manager_secret.held["booking"].id
  secret_data_wo         = file(var.booking_file)
  secret_data_wo_version = parseint(substr(filesha256(var.booking_file), 0, 7), 16)
}
