# What leaves the house, and who is given the passwords for it.

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

run "without_a_way_out_no_function_waits_for_a_password" {
  command = plan

  assert {
    condition = alltrue([for one in google_cloudfunctions2_function.function :
      length([for volume in one.service_config[0].secret_volumes : volume.secret if endswith(volume.secret, "-password")]) == 0
    ])
    error_message = "A function mounts the password of a way out that is not set up, and would not start."
  }
}

run "only_the_function_that_sends_is_given_the_passwords" {
  command = plan

  variables {
    smtp = { host = "mail.example.se", from = "ingen-svarar@example.se", user = "troskelfri" }
    sms  = { url = "https://api.example.se/sms", from = "Kommunen", user = "troskelfri" }
  }

  assert {
    condition = toset([for key, one in google_secret_manager_secret_iam_member.reader : key if endswith(key, "-password")]) == toset([
      "deadlines/smtp-password", "deadlines/sms-password",
    ])
    error_message = "Somebody else than the function that sends reads a password, or it does not."
  }
  assert {
    condition = (
      google_cloudfunctions2_function.function["deadlines"].service_config[0].environment_variables["TROSKELFRI_SMS_PASSWORD_FILE"] == "/etc/troskelfri/sms-password/content"
      && google_cloudfunctions2_function.function["deadlines"].service_config[0].environment_variables["TROSKELFRI_SMTP_PORT"] == "587"
    )
    error_message = "The function that sends is not told how."
  }
}
