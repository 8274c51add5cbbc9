"""Trouble with files or with one case holds up no message: the sweep goes on with everything else."""

from collections.abc import Callable, Iterator

import pytest

from shared.app import use
from shared.domain.broken_rules import NotOpen
from shared.ports.keys import Tampered
from shared.ports.store import Unavailable
from tests.records.outgoing_post import Post

SWEEP = "/intern/svep"


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    post.house.__dict__["sending"] = post.sending
    post.report(acute=True)
    with use(post.house):
        yield post


def sweep(post: Post) -> int:
    from functions.deadlines.main import app

    signed = {"Authorization": post.house.tokens.sign(SWEEP, b"{}")}
    return app.test_client().post(SWEEP, data=b"{}", headers=signed).status_code


def failing(error: Exception) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise error

    return fail


@pytest.mark.parametrize("error", [Unavailable("bucket"), Tampered("cases"), NotOpen("case"), LookupError("case")])
@pytest.mark.parametrize(
    ("part", "task"),
    [
        ("_files", "drop_uploads"),
        ("_files", "scan"),
        ("_leavers", "sweep"),
        ("_unused_keys", "sweep"),
        ("_sessions", "sweep"),
    ],
)
def test_the_page_leaves_whatever_else_the_sweep_stumbles_over(
    post: Post, monkeypatch: pytest.MonkeyPatch, part: str, task: str, error: Exception
) -> None:
    monkeypatch.setattr(getattr(post.house.sweep, part), task, failing(error))

    assert sweep(post) == 200
    assert len(post.sms.taken) == 1
    assert post.house.sweep.last() is not None
