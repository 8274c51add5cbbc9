"""`python -m shared.dev.form_preview FILE PORT`: prints the form's mistakes and serves it on this machine alone."""

import sys
from pathlib import Path
from threading import Thread
from typing import Final

from werkzeug.serving import WSGIRequestHandler, make_server

from shared.dev.form_preview.draft import FormFile
from shared.dev.form_preview.house import preview_house
from shared.dev.form_preview.pages import preview_app

_LOOPBACK: Final = "127.0.0.1"
_LOOK_S: Final = 0.7


class Silent(WSGIRequestHandler):
    """Says nothing of each page, so that the mistakes of the form stay in sight."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def main(path: str, port: str) -> int:
    """Serve until Ctrl-C; 0."""
    file = FormFile(Path(path))
    _tell(file)
    app = preview_app(file, preview_house(int(port)))
    server = make_server(_LOOPBACK, int(port), app, threaded=True, request_handler=Silent)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    print(
        f"http://localhost:{port} shows {file.path.name} and follows it. Nothing is kept. Ctrl-C stops it.", flush=True
    )
    seen = file.version
    while serving.is_alive():
        serving.join(_LOOK_S)
        if file.version != seen:
            seen = file.version
            _tell(file)
    return 0


def _tell(file: FormFile) -> None:
    """Say what is wrong with the file, one line each."""
    whole = file.form is not None
    print(f"{file.path.name}: nothing is wrong." if whole else "\n".join(map(str, file.mistakes)), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(0)
