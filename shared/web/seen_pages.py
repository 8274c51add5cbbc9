"""Pages that count as read when they are shown: they answer nobody who only looks at an address."""

from flask import abort, request


def opened_or_not_at_all() -> None:
    """A check for `blueprint.before_request`: programs that fetch an address without showing it are given nothing.

    HEAD is answered with 405, and a browser that fetches ahead with 503. Nobody has read what they fetch, and the log
    would say that somebody had.
    """
    if request.method == "HEAD":
        abort(405)
    if "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}".lower():
        abort(503)
