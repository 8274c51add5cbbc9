"""The service account this process runs as: who it is to everything in the cloud."""

from typing import Any, Final

from shared.adapters.cannot_open import NoAccount

_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
"""IAM alone decides what the account may do; a scope narrower than its roles would only hide a mistake."""


def credentials() -> Any:
    """The account's credentials, found where the platform puts them; `NoAccount` where there are none."""
    import google.auth
    from google.auth.exceptions import GoogleAuthError

    try:
        found, _ = google.auth.default(scopes=[_SCOPE])
    except GoogleAuthError as error:
        raise NoAccount("There is no service account here by which Google Cloud could know this process.") from error
    return found
