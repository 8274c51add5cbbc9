"""Serves every kind of page to look at: `python -m tests.web.preview [PORT]`, then /, /fraga?fel, /ko, /fel/503."""

import sys

from werkzeug.serving import run_simple

from tests.web.fake_house import FakeHouse
from tests.web.preview.pages import preview_app

if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8100, preview_app(FakeHouse()), threaded=True)
