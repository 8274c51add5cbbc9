# One address for all: each public function has its prefix, which is not stripped; what nobody claims goes to "/".

locals {
  front = one([for name, one in local.public : name if one.prefix == "/"])
}

resource "google_compute_region_network_endpoint_group" "function" {
  for_each = local.public

  name                  = local.service[each.key]
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloudfunctions2_function.function[each.key].name
  }
}

resource "google_compute_backend_service" "function" {
  for_each = local.public

  name                  = local.service[each.key]
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.edge.id

  backend {
    group = google_compute_region_network_endpoint_group.function[each.key].id
  }

  log_config {
    enable = each.value.request_log
  }
}

resource "google_compute_security_policy" "edge" {
  name = "edge"

  rule {
    action      = "throttle"
    priority    = 1000
    description = "No single address may take the service from everybody else."

    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.requests_a_minute
        interval_sec = 60
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "Everybody else is let in."

    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_url_map" "site" {
  name            = "site"
  default_service = google_compute_backend_service.function[local.front].id

  host_rule {
    hosts        = [var.domain]
    path_matcher = "functions"
  }

  path_matcher {
    name            = "functions"
    default_service = google_compute_backend_service.function[local.front].id

    dynamic "path_rule" {
      for_each = { for name, one in local.public : name => one if one.prefix != "/" }

      content {
        paths   = [path_rule.value.prefix, "${path_rule.value.prefix}/*"]
        service = google_compute_backend_service.function[path_rule.key].id
      }
    }
  }
}

resource "google_compute_url_map" "to_https" {
  name = "to-https"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_managed_ssl_certificate" "site" {
  name = "site"

  managed {
    domains = [var.domain]
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_ssl_policy" "modern" {
  name            = "modern"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"

  depends_on = [google_project_service.used]
}

resource "google_compute_target_https_proxy" "site" {
  name             = "site"
  url_map          = google_compute_url_map.site.id
  ssl_certificates = [google_compute_managed_ssl_certificate.site.id]
  ssl_policy       = google_compute_ssl_policy.modern.id
}

resource "google_compute_target_http_proxy" "to_https" {
  name    = "to-https"
  url_map = google_compute_url_map.to_https.id
}

resource "google_compute_global_address" "site" {
  name = "site"

  depends_on = [google_project_service.used]
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "https"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.site.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.site.id
}

resource "google_compute_global_forwarding_rule" "http" {
  name                  = "http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.site.id
  port_range            = "80"
  target                = google_compute_target_http_proxy.to_https.id
}
