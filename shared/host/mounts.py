"""The functions side by side in one process, each reached by its prefix, which is not stripped."""

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shared.host.function_specs import FunctionSpec

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mounts:
    """A WSGI application that hands each request to the app with the longest prefix that fits."""

    def __init__(self, apps: Mapping[str, "WSGIApplication"]) -> None:
        self._apps = sorted(apps.items(), key=lambda one: len(one[0]), reverse=True)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the app whose prefix is the path or a whole beginning of it."""
        return self.find(environ.get("PATH_INFO", "/"))(environ, start_response)

    def find(self, path: str) -> "WSGIApplication":
        """The app that answers this path; a path that nobody claims raises `LookupError`."""
        for prefix, app in self._apps:
            if prefix in {"/", path} or path.startswith(f"{prefix}/"):
                return app
        raise LookupError("No function claims the rest of the paths.")


def load(spec: FunctionSpec) -> "WSGIApplication":
    """The function's app, found by name so that the host knows no function."""
    app: WSGIApplication = importlib.import_module(spec.module).app
    return app
