# Everything that is deployed when everything is connected: this plan is also read as a whole by dev.py check --infra.

mock_provider "google" {}

override_data {
  target = data.google_project.this
  values = {
    number = "123456789012"
  }
}

override_resource {
  target          = google_compute_security_policy.edge
  override_during = plan
  values = {
    id = "edge"
  }
}

override_resource {
  target          = google_compute_url_map.to_https
  override_during = plan
  values = {
    id = "to-https"
  }
}

override_resource {
  target          = google_compute_url_map.site
  override_during = plan
  values = {
    id = "site"
  }
}

override_resource {
  target          = google_compute_ssl_policy.modern
  override_during = plan
  values = {
    id = "modern"
  }
}

variables {
  project           = "example-project"
  region            = "europe-north1"
  domain            = "social.example.se"
  municipality_file = "tests/anything.txt"
  source_zip        = "tests/anything.txt"
  smtp              = { host = "mail.example.se", from = "tjanster@example.se", user = "tjanster" }
  sms               = { url = "https://sms.example.se", from = "Kommunen", user = "kommunen" }
  seal              = true
}

run "nothing_is_reached_but_through_the_guarded_door" {
  command = plan

  assert {
    condition     = alltrue([for one in google_compute_backend_service.function : one.security_policy == "edge"])
    error_message = "A function is not guarded against floods."
  }
  assert {
    condition     = google_logging_project_exclusion.secrets_in_addresses.filter == "httpRequest.requestUrl:\"/aterkoppling/\" OR httpRequest.requestUrl:\"/arbete/kalender/\""
    error_message = "A secret stands in the log: the one that the SMS gateway calls back with, or a colleague's calendar link."
  }
  assert {
    condition     = google_compute_target_http_proxy.to_https.url_map == "to-https"
    error_message = "What comes without TLS is answered instead of sent on."
  }
  assert {
    condition     = google_compute_target_https_proxy.site.ssl_policy == "modern"
    error_message = "The site takes any TLS."
  }
}
