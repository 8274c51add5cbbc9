# The alarm clock and the net under it. Both ring at the internal function's own address, which counts as inside.

locals {
  alarm_address = "https://${local.service[local.internal]}-${data.google_project.this.number}.${var.region}.run.app"
}

resource "google_service_account" "caller" {
  account_id   = "alarm-caller"
  display_name = "Rings the alarms and the sweep"
}

resource "google_cloud_tasks_queue" "alarms" {
  name     = "alarms"
  location = var.region

  rate_limits {
    max_dispatches_per_second = 20
    max_concurrent_dispatches = 20
  }

  # A day of trying: after that the sweep, which finds everything that is due, has long taken over.
  retry_config {
    max_attempts       = 100
    max_retry_duration = "86400s"
    min_backoff        = "5s"
    max_backoff        = "900s"
    max_doublings      = 8
  }

  # A queue's name is blocked for days after it is deleted.
  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.used]
}

resource "google_cloud_scheduler_job" "sweep" {
  name             = "sweep"
  region           = var.region
  schedule         = "*/5 * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "${var.functions[local.internal].timeout_s + 5}s"

  http_target {
    http_method = "POST"
    uri         = "${local.alarm_address}${var.functions[local.internal].prefix}/svep"

    oidc_token {
      service_account_email = local.caller
      audience              = local.alarm_address
    }
  }

  # The next sweep comes in five minutes by itself.
  retry_config {
    retry_count = 0
  }

  depends_on = [google_project_service.used, google_service_account.caller]
}
