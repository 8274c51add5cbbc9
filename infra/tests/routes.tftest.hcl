# Where each path leads: shown with made-up functions whose names do not resemble their prefixes.

mock_provider "google" {}

override_data {
  target = data.google_project.this
  values = {
    number = "123456789012"
  }
}

override_resource {
  target          = google_compute_backend_service.function["front"]
  override_during = plan
  values = {
    id = "to-front"
  }
}

override_resource {
  target          = google_compute_backend_service.function["first_one"]
  override_during = plan
  values = {
    id = "to-first-one"
  }
}

override_resource {
  target          = google_compute_backend_service.function["second"]
  override_during = plan
  values = {
    id = "to-second"
  }
}

variables {
  project           = "example-project"
  region            = "europe-north1"
  domain            = "social.example.se"
  municipality_file = "tests/anything.txt"
  source_zip        = "tests/anything.txt"

  functions = {
    front     = { prefix = "/", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    first_one = { prefix = "/a", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    second    = { prefix = "/b/c", audience = "anyone", internal = false, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
    inner     = { prefix = "/d", audience = "alarms", internal = true, memory_mb = 512, concurrency = 1, timeout_s = 1, needs = [], secrets = [], request_log = true }
  }
}

run "each_path_leads_to_its_function_and_the_rest_to_the_front" {
  command = plan

  assert {
    condition = { for rule in google_compute_url_map.site.path_matcher[0].path_rule : join(" ", sort(rule.paths)) => rule.service } == {
      "/a /a/*"     = "to-first-one"
      "/b/c /b/c/*" = "to-second"
    }
    error_message = "A path leads to another function than the one that claims it."
  }
  assert {
    condition     = [google_compute_url_map.site.default_service, google_compute_url_map.site.path_matcher[0].default_service] == ["to-front", "to-front"]
    error_message = "The paths that nobody claims do not lead to the front."
  }
  assert {
    condition     = google_compute_url_map.to_https.default_url_redirect[0].https_redirect
    error_message = "Without https the address answers itself instead of leading to https."
  }
}
