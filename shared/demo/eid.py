"""The test e-ID: a real OpenID provider for made-up people, at stage demo on this machine only.

It signs real tokens, so that the login of the product is the same code for it as for any other e-ID.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from shared.adapters.brokers import LOA3, TEST_CLIENT, TEST_ID
from shared.adapters.id_tokens import sign
from shared.demo.eid_codes import Asked, Codes, Grant
from shared.demo.eid_key import ALG, EidKey, eid_key
from shared.demo.eid_people import groups, people
from shared.ports.clock import Clock
from shared.settings import BadSettings, Settings
from shared.web import cookies
from shared.web.static_files import asset

PREFIX: Final = f"/{TEST_ID}"
_TOKEN_LIFE_S: Final = 300
_LANGUAGES: Final = ("sv", "en")
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_eid(settings: Settings, clock: Clock, folder: Path) -> Flask:
    """The provider as an app whose routes carry the prefix /test-eid; its key is kept in `folder`.

    Raises `BadSettings` at any other stage than demo.
    """
    if not settings.demo:
        raise BadSettings("The test e-ID exists at stage demo only.")
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 16_384
    provider = _Provider(settings, clock, eid_key(folder))
    app.register_blueprint(provider.routes(), url_prefix=PREFIX)
    app.after_request(_secured)
    return app


def _secured(response: Response) -> Response:
    response.headers.extend({name: value for name, value in _HEADERS.items() if name not in response.headers})
    return response


class _Provider:
    def __init__(self, settings: Settings, clock: Clock, key: EidKey) -> None:
        self._settings = settings
        self._issuer = f"{settings.origin}{PREFIX}"
        self._back = f"{settings.origin}/logga-in/retur/{TEST_ID}"
        self._clock = clock
        self._key = key
        self._codes = Codes()

    def routes(self) -> Blueprint:
        routes = Blueprint("eid", __name__)
        routes.get("/.well-known/openid-configuration")(self._configuration)
        routes.get("/jwks")(self._jwks)
        routes.get("/authorize")(self._show_people)
        routes.post("/authorize")(self._choose_person)
        routes.post("/token")(self._token)
        return routes

    def _configuration(self) -> Response:
        return jsonify(
            issuer=self._issuer,
            authorization_endpoint=f"{self._issuer}/authorize",
            token_endpoint=f"{self._issuer}/token",
            jwks_uri=f"{self._issuer}/jwks",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=[ALG],
            code_challenge_methods_supported=["S256"],
            token_endpoint_auth_methods_supported=["none"],
            acr_values_supported=[LOA3],
            authorization_response_iss_parameter_supported=True,
        )

    def _jwks(self) -> Response:
        return jsonify(keys=[self._key.public])

    def _show_people(self) -> AnyResponse | str:
        if cookies.read(request, cookies.LEFT, self._settings):
            return redirect("/", code=303)  # somebody has just left: Back ends at the neutral page here too
        self._asked()
        wished = request.args.get("ui_locales", "").split()
        language = next((one for one in wished if one in _LANGUAGES), _LANGUAGES[0])
        other = next(one for one in _LANGUAGES if one != language)
        return render_template(
            "eid.html",
            language=language,
            other=other,
            other_href=f"{request.path}?{urlencode({**request.args, 'ui_locales': other})}",
            here=request.full_path,
            groups=groups(),
            people=people().values(),
            stylesheet=asset("main.css"),
        )

    def _choose_person(self) -> AnyResponse:
        asked = self._asked()
        if "cancel" in request.form:
            return self._return(asked, {"error": "access_denied"})
        person = request.form.get("person", "")
        if person not in people():
            abort(400)
        return self._return(asked, {"code": self._codes.give(Grant(asked, person, self._clock.now()))})

    def _return(self, asked: Asked, answer: Mapping[str, str]) -> AnyResponse:
        query = urlencode({**answer, "state": asked.state, "iss": self._issuer})
        return redirect(f"{asked.back}?{query}", code=303)

    def _asked(self) -> Asked:
        """The authorization request; anything but our own client's own way of asking is refused on the spot."""
        expected = {
            "client_id": TEST_CLIENT,
            "redirect_uri": self._back,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        found = request.args
        if any(found.get(name) != value for name, value in expected.items()) or "openid" not in found["scope"].split():
            abort(400)
        return Asked(TEST_CLIENT, self._back, found["state"], found["nonce"], found["code_challenge"])

    def _token(self) -> Response:
        form = request.form
        grant = self._codes.redeem(
            form.get("code", ""),
            client=form.get("client_id", ""),
            back=form.get("redirect_uri", ""),
            verifier=form.get("code_verifier", ""),
            now=self._clock.now(),
        )
        if grant is None or form.get("grant_type") != "authorization_code":
            return make_response(jsonify(error="invalid_grant"), 400)
        access_token = secrets.token_urlsafe(32)
        return jsonify(
            access_token=access_token,
            token_type="Bearer",  # noqa: S106 - the name of a kind, not a secret
            expires_in=_TOKEN_LIFE_S,
            id_token=sign(self._claims(grant, access_token), self._key.pem, alg=ALG, kid=self._key.kid),
        )

    def _claims(self, grant: Grant, access_token: str) -> dict[str, Any]:
        person, now = people()[grant.person], int(self._clock.now().timestamp())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self._issuer,
            "aud": grant.asked.client,
            "sub": hashlib.sha256(f"{self._issuer}|{person.id}".encode()).hexdigest()[:32],
            "iat": now,
            "exp": now + _TOKEN_LIFE_S,
            "auth_time": int(grant.at.timestamp()),
            "nonce": grant.asked.nonce,
            "acr": LOA3,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "personnummer": person.personnummer,
            "name": person.name,
            "organisation": person.organisation,
            "employee": person.employee,
        }
        return {name: value for name, value in claims.items() if value is not None}
