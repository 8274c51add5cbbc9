variable "project" {
  description = "Id of the Google Cloud project; one installation (one board) has it for itself."
  type        = string
}

variable "region" {
  description = "Where everything runs and is kept. A database can never move: choose once."
  type        = string
  default     = "europe-north1"
}

variable "domain" {
  description = "The public host name, without scheme: the installation answers at https://DOMAIN."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.domain))
    error_message = "The domain is a host name in lower case without https:// and without a path."
  }
}

variable "tenant" {
  description = "Fixed id of the board; part of what seals the data, never to be changed."
  type        = string
  default     = "socialnamnden"
}

variable "municipality_file" {
  description = "Path of the municipality file; it is handed to the functions through Secret Manager (at most 64 KiB)."
  type        = string
}

variable "booking_file" {
  description = "Path of the file that says which meetings can be booked, handed on in the same way; null: none can."
  type        = string
  default     = null
}

variable "source_zip" {
  description = "The upload that every function is built from; python3 dev.py infra makes it."
  type        = string
  default     = "source.zip"
}

variable "most_instances" {
  description = "The most instances one function may grow to; bounds what an attack can cost."
  type        = number
  default     = 20
}

variable "requests_a_minute" {
  description = "The most requests a minute from one address; a whole school or office may share one."
  type        = number
  default     = 1200
}

variable "smtp" {
  description = "The mail server that notices to staff leave by; null: no e-mail leaves. The password lies in Secret Manager (smtp-password)."
  type = object({
    host = string
    port = optional(number, 587)
    from = string
    user = optional(string, "")
  })
  default = null
}

variable "sms" {
  description = "The gateway that text messages leave by; null: none leave, and the duty phone is not paged. The password lies in Secret Manager (sms-password)."
  type = object({
    url  = string
    from = string
    user = string
  })
  default = null
}

variable "seal" {
  description = "Whether the organisation's certificate lies in Secret Manager (seal, seal-passphrase); without it the originals of decisions wait."
  type        = bool
  default     = false
}

variable "video" {
  description = "The Jitsi server for video meetings and the application that it knows us as; null: nobody is met by video. The shared secret lies in Secret Manager (video-key)."
  type = object({
    url = string
    app = string
  })
  default = null
}

variable "functions" {
  description = "What functions/*/function.toml say; python3 dev.py infra writes functions.auto.tfvars.json."
  type = map(object({
    prefix      = string
    audience    = string
    internal    = bool
    memory_mb   = number
    concurrency = number
    timeout_s   = number
    needs       = set(string)
    secrets     = set(string)
    request_log = bool
  }))

  validation {
    condition     = length(distinct([for one in var.functions : one.prefix])) == length(var.functions)
    error_message = "Two functions claim the same prefix."
  }
  validation {
    condition     = length([for one in var.functions : one if one.prefix == "/" && !one.internal]) == 1
    error_message = "Exactly one public function takes the paths that nobody else claims."
  }
  validation {
    condition     = length([for one in var.functions : one if one.internal]) == 1
    error_message = "Exactly one internal function takes the alarms."
  }
  validation {
    condition     = alltrue([for one in var.functions : length(setsubtract(one.needs, ["data", "keys", "alarms", "files"])) == 0])
    error_message = "A function may need data, keys, alarms and files."
  }
  validation {
    condition     = alltrue([for name in keys(var.functions) : can(regex("^[a-z][a-z0-9_]{2,26}$", name))])
    error_message = "A function's name is 3 to 27 small letters, digits and low lines: its account is named after it."
  }
}
