"""Who gets what at the addresses of appeals, of those who appeal and of those who deal with them."""

from collections.abc import Mapping
from typing import Final

from tests.access.outcomes import DECIDERS, PRIVATE, RESIDENTS_OWN, RESIDENTS_PARTS, UNIT, Route

_DRAFT, _RECEIPT = "/overklaga/utkast/<id>", "/overklaga/kvitto/<id>"
_CASE: Final = "/arbete/arende/<id>/overklagande"
_CHANGED: Final[Mapping[str, str]] = {
    "seen": "1", "outcome": "bifall", "paragraph": "sol_12_1", "what": "Försörjningsstöd", "amount": "8 450:-",
    "first_day-day": "1", "first_day-month": "12", "first_day-year": "2026",
    "last_day-day": "31", "last_day-month": "12", "last_day-year": "2026",
    "motivation": "Hyran fanns inte med.", "name_stands": "yes",
}  # fmt: skip
_FORMS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "tid": ("appealed", {"seen": "1", "outcome": "in_time"}),
    "hav": ("dismissed", {"seen": "1", "reasons": "Vi räknade från fel dag."}),
    "omprovning": ("tried", {"seen": "1", "reasons": "Inget nytt."}),
    "andra": ("tried", _CHANGED),
    "lamna": ("kept", {"seen": "1", "day-day": "2", "day-month": "11", "day-year": "2026", "how": "post"}),
}
APPEALS: Final = (
    Route("GET", "/overklaga", PRIVATE),
    Route("GET", "/overklaga/<decision>", RESIDENTS_OWN, case="appealed"),
    Route("POST", "/overklaga/<decision>/utkast", RESIDENTS_OWN, case="appealed"),
    *(
        Route(method, rule, RESIDENTS_OWN, form, case="appealed")
        for method, rule, form in (
            ("GET", _DRAFT, {}),
            ("GET", f"{_DRAFT}/kontrollera", {}),
            ("POST", f"{_DRAFT}/skicka", {"checked": "1"}),
            ("GET", f"{_DRAFT}/sparat", {}),
            ("GET", f"{_DRAFT}/ta-bort", {}),
            ("POST", f"{_DRAFT}/ta-bort", {}),
            ("GET", f"{_DRAFT}/<slug>", {}),
            ("POST", f"{_DRAFT}/<slug>", {"why": "Nova har ingen mat."}),
            ("GET", f"{_DRAFT}/<slug>/filer", {}),
            ("POST", f"{_DRAFT}/<slug>/filer", {"ladda": "ja"}),
            ("POST", f"{_DRAFT}/<slug>/delar", {"name": "a.zip", "size": "4", "sha256": "0" * 64}),
            ("GET", _RECEIPT, {}),
            ("GET", f"{_RECEIPT}/innehall", {}),
            ("GET", f"{_RECEIPT}.pdf", {}),
            ("GET", f"{_RECEIPT}/ta-tillbaka", {}),
            ("POST", f"{_RECEIPT}/ta-tillbaka", {}),
        )
    ),
    Route("PUT", f"{_DRAFT}/<slug>/delar/<upload>/<int:number>", RESIDENTS_PARTS, case="appealed"),
    Route("POST", f"{_DRAFT}/<slug>/delar/<upload>/klar", RESIDENTS_PARTS, {"name": "a.zip"}, case="appealed"),
)
APPEAL_WORK: Final = (
    Route("GET", _CASE, UNIT, case="appealed"),
    Route("GET", f"{_CASE}/handlingar.pdf", UNIT, case="appealed"),
    *(
        Route(method, f"{_CASE}/{slug}{page}", DECIDERS, form if method == "POST" else {}, case=case)
        for slug, (case, written) in _FORMS.items()
        for page, form in (("", written), ("/kontrollera", {"seen": "1"}))
        for method in ("GET", "POST")
    ),
)
