"""Who gets what at the addresses of the own file."""

from typing import Final

from tests.access.outcomes import PRIVATE, RESIDENTS_OWN, RESIDENTS_PARTS, Route

_SAYING: Final = "/journal/utkast/<id>"
OWN_FILE: Final = (
    Route("GET", "/journal", PRIVATE, case="released"),
    Route("GET", "/journal/lasare", PRIVATE, case="released"),
    Route("GET", "/journal/akten.pdf", PRIVATE, case="released"),
    Route("GET", "/journal/<note>", RESIDENTS_OWN, case="released"),
    Route("POST", "/journal/<note>/fel", RESIDENTS_OWN, case="released"),
    Route("POST", "/journal/lagg-till", RESIDENTS_OWN, case="released"),
    Route("GET", "/journal/sagt/<id>", RESIDENTS_OWN, case="objected"),
    Route("GET", "/journal/sagt/<id>/filer/<file>", RESIDENTS_OWN, case="objected"),
    *(
        Route(method, f"{_SAYING}{rest}", RESIDENTS_OWN, form, case="saying")
        for method, rest, form in (
            ("GET", "", {}),
            ("GET", "/kontrollera", {}),
            ("POST", "/skicka", {"checked": "2"}),
            ("GET", "/sparat", {}),
            ("GET", "/ta-bort", {}),
            ("POST", "/ta-bort", {}),
            ("GET", "/<slug>", {}),
            ("POST", "/<slug>", {"text": "Det var min syster."}),
            ("GET", "/<slug>/filer", {}),
            ("POST", "/<slug>/filer", {"ladda": "ja"}),
            ("POST", "/<slug>/delar", {"name": "a.zip", "size": "4", "sha256": "0" * 64}),
        )
    ),
    Route("PUT", f"{_SAYING}/<slug>/delar/<upload>/<int:number>", RESIDENTS_PARTS, case="saying"),
    Route("POST", f"{_SAYING}/<slug>/delar/<upload>/klar", RESIDENTS_PARTS, {"name": "a.zip"}, case="saying"),
)
