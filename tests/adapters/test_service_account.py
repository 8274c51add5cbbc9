"""As whom the cloud is reached: where nobody has said it, the start says so in one line."""

import pytest

from shared.adapters.cannot_open import NoAccount
from shared.adapters.service_account import credentials


def test_without_a_service_account_the_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "there-is-none.json")
    with pytest.raises(NoAccount, match="service account") as refused:
        credentials()
    assert "\n" not in str(refused.value)
