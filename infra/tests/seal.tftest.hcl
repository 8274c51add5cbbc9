# Who holds the organisation's seal, and that nothing waits for one that nobody has.

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


run "without_a_seal_no_function_waits_for_one" {
  command = plan

  assert {
    condition = alltrue([for one in google_cloudfunctions2_function.function :
      length([for volume in one.service_config[0].secret_volumes : volume.secret if startswith(volume.secret, "seal")]) == 0
    ])
    error_message = "A function mounts a seal that nobody has, and would not start."
  }
}

run "only_the_functions_that_make_originals_hold_the_seal" {
  command = plan

  variables {
    seal = true
  }

  assert {
    condition = toset([for key, one in google_secret_manager_secret_iam_member.reader : key if endswith(key, "/seal")]) == toset([
      "casework/seal", "deadlines/seal",
    ])
    error_message = "Somebody else than the functions that make originals holds the seal, or they do not."
  }
  assert {
    condition = alltrue([for name in ["casework", "deadlines"] :
      google_cloudfunctions2_function.function[name].service_config[0].environment_variables["TROSKELFRI_SEAL_FILE"] == "/etc/troskelfri/seal/content"
    ])
    error_message = "A function that makes originals is not told where the seal lies."
  }
}
