output "address" {
  description = "The address that the domain's A record must name."
  value       = google_compute_global_address.site.address
}

output "origin" {
  description = "Where people find the service."
  value       = "https://${var.domain}"
}
