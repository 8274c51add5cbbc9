"""What browsers and robots ask for beside the pages: styles, script, colours, icon."""

from flask import Blueprint, Response, render_template

from shared.web import serve_static, serve_theme

files = Blueprint("files", __name__)

files.get("/static/<name>")(serve_static)
files.get("/theme")(serve_theme)


@files.get("/robots.txt")
def robots() -> Response:
    """No search engine: an address found in somebody's search history says too much."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@files.get("/favicon.ico")
def icon() -> Response:
    """The doorway in the municipality's colours."""
    response = Response(render_template("doorway.svg"), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
