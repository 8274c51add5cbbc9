# Who holds the secret of the video server, and that nothing waits for one that nobody has.

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


run "without_a_video_server_no_function_waits_for_its_key" {
  command = plan

  assert {
    condition = alltrue([for one in google_cloudfunctions2_function.function :
      length([for volume in one.service_config[0].secret_volumes : volume.secret if startswith(volume.secret, "video")]) == 0
    ])
    error_message = "A function mounts the key of a video server that is not set up, and would not start."
  }
}

run "only_the_functions_that_let_people_in_hold_its_key" {
  command = plan

  variables {
    video = { url = "https://mote.example.se", app = "troskelfri" }
  }

  assert {
    condition = toset([for key, one in google_secret_manager_secret_iam_member.reader : key if endswith(key, "/video-key")]) == toset([
      "booking/video-key", "casework/video-key",
    ])
    error_message = "Somebody else than the functions that let people in holds the key, or they do not."
  }
  assert {
    condition = {
      for name, one in google_cloudfunctions2_function.function : name => one.service_config[0].environment_variables["TROSKELFRI_VIDEO_URL"]
      if can(one.service_config[0].environment_variables["TROSKELFRI_VIDEO_URL"])
    } == { booking = "https://mote.example.se", casework = "https://mote.example.se" }
    error_message = "A function that lets people in is not told where, or another one is."
  }
}
