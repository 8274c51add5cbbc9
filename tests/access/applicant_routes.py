"""Who gets what at the addresses of applications."""

from typing import Final

from tests.access.outcomes import ANYBODY, DECIDERS, PRIVATE, RESIDENTS_OWN, RESIDENTS_PARTS, Route

_APPLYING, _APPLIED = "/ansok/utkast/<id>", "/ansok/kvitto/<id>"
_ITEM: Final = f"{_APPLYING}/<slug>/<item>"
_TAKEN_BACK: Final = "/arbete/arende/<id>/ansokan/aterkallad"
WITHDRAWAL: Final = {
    "seen": "1", "said_on-day": "2", "said_on-month": "11", "said_on-year": "2026",
    "how": "phone", "caller": "applicant", "known_by": "called_back", "told": "yes",
}  # fmt: skip
APPLICATIONS: Final = (
    Route("GET", "/ansok", ANYBODY),
    Route("GET", "/ansok/<slug>", ANYBODY),
    Route("GET", "/ansok/mina", PRIVATE),
    Route("POST", "/ansok/<slug>/utkast", PRIVATE),
    Route("POST", "/ansok/<slug>/igen", PRIVATE),
    *(
        Route(method, rule, RESIDENTS_OWN, form, case="applied")
        for method, rule, form in (
            ("GET", _APPLYING, {}),
            ("GET", f"{_APPLYING}/delar", {}),
            ("GET", f"{_APPLYING}/kontrollera", {}),
            ("POST", f"{_APPLYING}/skicka", {"checked": "1", "attestation": "yes"}),
            ("GET", f"{_APPLYING}/sparat", {}),
            ("GET", f"{_APPLYING}/ta-bort", {}),
            ("POST", f"{_APPLYING}/ta-bort", {}),
            ("GET", f"{_APPLYING}/<slug>", {}),
            ("POST", f"{_APPLYING}/<slug>", {"livelihood_description": "Sparpengar."}),
            ("GET", f"{_APPLYING}/<slug>/filer", {}),
            ("POST", f"{_APPLYING}/<slug>/filer", {"ladda": "ja"}),
            ("POST", f"{_APPLYING}/<slug>/delar", {"name": "a.zip", "size": "4", "sha256": "0" * 64}),
            ("GET", f"{_APPLYING}/<slug>/ny", {}),
            ("GET", _ITEM, {}),
            ("POST", _ITEM, {"child_name": "Noel", "child_residence": "full_time"}),
            ("GET", f"{_ITEM}/ta-bort", {}),
            ("POST", f"{_ITEM}/ta-bort", {}),
            ("GET", _APPLIED, {}),
            ("GET", f"{_APPLIED}/innehall", {}),
            ("GET", f"{_APPLIED}.pdf", {}),
        )
    ),
    Route("GET", _TAKEN_BACK, DECIDERS, case="read"),
    Route("POST", _TAKEN_BACK, DECIDERS, WITHDRAWAL, case="read"),
    Route("GET", f"{_TAKEN_BACK}/kontrollera", DECIDERS, case="read"),
    Route("POST", f"{_TAKEN_BACK}/kontrollera", DECIDERS, {"seen": "1"}, case="read"),
    Route("PUT", f"{_APPLYING}/<slug>/delar/<upload>/<int:number>", RESIDENTS_PARTS, case="applied"),
    Route("POST", f"{_APPLYING}/<slug>/delar/<upload>/klar", RESIDENTS_PARTS, {"name": "a.zip"}, case="applied"),
)
