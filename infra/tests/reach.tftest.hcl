# Who reaches the functions that are really deployed, as functions.auto.tfvars.json names them.

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

run "every_prefix_is_routed_exactly_once" {
  command = plan

  assert {
    condition = (
      sort(flatten([for rule in google_compute_url_map.site.path_matcher[0].path_rule : rule.paths])) ==
      sort(flatten([for one in var.functions : [one.prefix, "${one.prefix}/*"] if !one.internal && one.prefix != "/"]))
    )
    error_message = "The paths of the load balancer are not those of the public functions."
  }
  assert {
    condition     = length([for one in var.functions : one if one.prefix == "/" && !one.internal]) == 1
    error_message = "The paths that nobody claims have no function, or two."
  }
}

run "every_public_function_stands_behind_the_load_balancer_and_nothing_else_does" {
  command = plan

  assert {
    condition = alltrue([for backends in [google_compute_backend_service.function, google_compute_region_network_endpoint_group.function] :
      toset(keys(backends)) == toset([for name, one in var.functions : name if !one.internal])
    ])
    error_message = "A public function lacks its way in from the load balancer, or an internal one has one."
  }
  assert {
    condition     = alltrue([for name, one in google_compute_region_network_endpoint_group.function : one.cloud_run[0].service == replace(name, "_", "-")])
    error_message = "A way in leads to another function than its own."
  }
  assert {
    condition     = alltrue([for one in google_compute_backend_service.function : one.load_balancing_scheme == "EXTERNAL_MANAGED" && length(one.backend) == 1])
    error_message = "A way in is not of the kind that the load balancer uses."
  }
}

run "the_alarms_function_cannot_be_reached_from_outside" {
  command = plan

  assert {
    condition     = google_cloudfunctions2_function.function["deadlines"].service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "The alarms function takes calls from outside."
  }
  assert {
    condition     = !contains(keys(google_cloud_run_v2_service_iam_member.public), "deadlines")
    error_message = "Anybody may call the alarms function."
  }
  assert {
    condition     = google_cloud_run_v2_service_iam_member.caller.member == "serviceAccount:alarm-caller@example-project.iam.gserviceaccount.com"
    error_message = "Another account than the alarms' own may call the alarms function."
  }
  assert {
    condition     = google_cloudfunctions2_function.function["deadlines"].service_config[0].environment_variables["TROSKELFRI_TASKS_INVOKER"] == "iam"
    error_message = "The alarms function does not know that the platform verifies its callers."
  }
}

run "the_public_functions_are_reached_through_the_load_balancer_only" {
  command = plan

  assert {
    condition = toset(keys(google_cloud_run_v2_service_iam_member.public)) == toset([
      for name, one in var.functions : name if !one.internal
    ])
    error_message = "Others than the public functions may be called by anybody."
  }
  assert {
    condition = alltrue([for name, one in google_cloudfunctions2_function.function :
      one.service_config[0].ingress_settings == "ALLOW_INTERNAL_AND_GCLB" if !var.functions[name].internal
    ])
    error_message = "A public function can be reached past the load balancer."
  }
  assert {
    condition     = alltrue([for name, one in google_cloud_run_v2_service_iam_member.public : one.name == replace(name, "_", "-") && one.role == "roles/run.invoker"])
    error_message = "Anybody may do more than call a public function."
  }
}
