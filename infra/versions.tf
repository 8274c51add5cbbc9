terraform {
  required_version = ">= 1.11"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # The state lies in a bucket that deploy.md makes first: terraform init -backend-config=bucket=NAME
  backend "gcs" {
    prefix = "troskelfri"
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

data "google_project" "this" {
  project_id = var.project
}

resource "google_project_service" "used" {
  for_each = toset([
    "artifactregistry", "cloudbuild", "cloudfunctions", "cloudkms", "cloudscheduler", "cloudtasks", "compute",
    "firestore", "iam", "logging", "run", "secretmanager", "storage",
  ])

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}
