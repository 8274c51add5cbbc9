# Who is told which meetings can be booked, and that nothing waits for a file that nobody has written.

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


run "without_meetings_no_function_waits_for_their_file" {
  command = plan

  assert {
    condition = alltrue([for one in google_cloudfunctions2_function.function :
      length([for volume in one.service_config[0].secret_volumes : volume.secret if volume.secret == "booking"]) == 0
      && !can(one.service_config[0].environment_variables["TROSKELFRI_BOOKING"])
    ])
    error_message = "A function mounts a file of meetings that is not there, and would not start."
  }
}

run "the_functions_that_know_meetings_read_the_file" {
  command = plan

  variables {
    booking_file = "tests/anything.txt"
  }

  assert {
    condition = toset([
      for name, one in google_cloudfunctions2_function.function : name
      if try(one.service_config[0].environment_variables["TROSKELFRI_BOOKING"], "") == "/etc/troskelfri/booking/content"
      && length([for volume in one.service_config[0].secret_volumes : volume.secret if volume.mount_path == "/etc/troskelfri/booking"]) == 1
    ]) == toset(["administration", "booking", "casework"])
    error_message = "A function that books, invites or lets somebody leave does not know the meetings, or another one does."
  }
}
