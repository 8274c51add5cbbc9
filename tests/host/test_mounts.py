"""Each path reaches the function that claims it, with its prefix on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from shared.host.mounts import Mounts

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def echo(name: str) -> "WSGIApplication":
    """An app that says who it is and what it was asked."""

    def answer(environ: dict[str, object], start_response: Callable[..., object]) -> object:
        request = Request(environ)
        return Response(f"{name} {request.script_root}|{request.path}")(environ, start_response)  # type: ignore[arg-type]

    return answer  # type: ignore[return-value]


MOUNTS = Mounts({prefix: echo(prefix) for prefix in ("/", "/anmal", "/anmal/mina", "/arbete")})


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/", "/"),
        ("/anmal", "/anmal"),
        ("/anmal/", "/anmal"),
        ("/anmal/utkast/1", "/anmal"),
        ("/anmal/mina", "/anmal/mina"),
        ("/anmal/minaste", "/anmal"),
        ("/anmalan", "/"),
        ("/ANMAL", "/"),
        ("/finns-inte", "/"),
    ],
)
def test_the_longest_whole_prefix_answers_and_nothing_is_stripped(path: str, who: str) -> None:
    answer = Client(MOUNTS).open(path=path, base_url="http://localhost/")

    assert answer.text == f"{who} |{path}"


def test_a_path_that_nobody_claims_is_a_defect_of_the_installation() -> None:
    with pytest.raises(LookupError):
        Mounts({"/anmal": echo("a")}).find("/")
