"""Who gets what at the addresses of supplements."""

from typing import Final

from tests.access.outcomes import CASEWORKER, RESIDENTS_OWN, RESIDENTS_PARTS, UNIT, Route

_OWN: Final = "/ansok/komplettering/<id>"
_ITEM: Final = "/ansok/komplettering/utkast/<id>/<slug>"
_CASE: Final = "/arbete/arende/<id>/komplettering"
_ONE: Final = f"{_CASE}/<supplement>"
_LAST: Final = {"last_day-day": "20", "last_day-month": "11", "last_day-year": "2026"}
SUPPLEMENTS: Final = (
    *(
        Route(method, rule, RESIDENTS_OWN, form, case="asked")
        for method, rule, form in (
            ("GET", _OWN, {}),
            ("POST", _OWN, {"checked": "0.1"}),
            ("GET", f"{_OWN}/kvitto/<supply>", {}),
            ("GET", _ITEM, {}),
            ("GET", f"{_ITEM}/filer", {}),
            ("POST", f"{_ITEM}/filer", {"words": "Här."}),
            ("POST", f"{_ITEM}/delar", {"name": "a.zip", "size": "4", "sha256": "0" * 64}),
        )
    ),
    Route("PUT", f"{_ITEM}/delar/<upload>/<int:number>", RESIDENTS_PARTS, case="asked"),
    Route("POST", f"{_ITEM}/delar/<upload>/klar", RESIDENTS_PARTS, {"name": "a.zip"}, case="asked"),
    Route("GET", _CASE, UNIT, case="asked"),
    Route("GET", f"{_CASE}/begar", CASEWORKER, case="applied"),
    Route(
        "POST", f"{_CASE}/begar", CASEWORKER,
        {"seen": "", "papers": "rent_notice", "if_not": "decided", **_LAST}, case="applied",
    ),
    Route("GET", f"{_CASE}/begar/kontrollera", CASEWORKER, case="applied"),
    Route("POST", f"{_CASE}/begar/kontrollera", CASEWORKER, {"seen": "1"}, case="applied"),
    Route("POST", f"{_ONE}/racker/<wanted>", CASEWORKER, case="asked"),
    Route("GET", f"{_ONE}/igen", CASEWORKER, case="asked"),
    Route("POST", f"{_ONE}/igen", CASEWORKER, {"seen": "1", **_LAST}, case="asked"),
    Route("GET", f"{_ONE}/igen/kontrollera", CASEWORKER, case="asked"),
    Route("POST", f"{_ONE}/igen/kontrollera", CASEWORKER, {"seen": "1"}, case="asked"),
    Route("GET", f"{_ONE}/avsluta", CASEWORKER, case="asked"),
    Route("POST", f"{_ONE}/avsluta", CASEWORKER, case="asked"),
    Route("POST", f"{_ONE}/last", CASEWORKER, case="asked"),
)  # fmt: skip
