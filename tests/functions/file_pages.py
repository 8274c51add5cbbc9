"""A reporter at the question for files: what is chosen, which button is pressed, what the page says then."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image
from werkzeug.test import TestResponse

from tests.functions.reporter_browser import Reporter
from tests.journeys.multipart import CONTENT_TYPE, multipart


def path(draft: str) -> str:
    """The question for files."""
    return f"/anmal/utkast/{draft}/bilagor"


def choose(elsa: Reporter, draft: str, *files: tuple[str, bytes], till: str = "", **buttons: str) -> TestResponse:
    """Choose the files and press a button."""
    action = f"{path(draft)}/filer{till}"
    token = elsa.fields(f"{path(draft)}{till}", action)["csrf_token"][0]
    return post(elsa, action, [("csrf_token", token), *buttons.items()], [("filer", *one) for one in files])


def post(
    elsa: Reporter, action: str, fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]
) -> TestResponse:
    """Send a form with files."""
    body = multipart(fields, files)
    return elsa.pages.post(action, data=body, content_type=CONTENT_TYPE, base_url=elsa.house.settings.origin)


def token_for(elsa: Reporter, draft: str) -> tuple[str, str]:
    """The field that proves that the form is ours."""
    return "csrf_token", elsa.fields(path(draft), f"{path(draft)}/filer")["csrf_token"][0]


def photo() -> bytes:
    """A small picture."""
    into = BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(into, "PNG")
    return into.getvalue()


def pdf(**options: Any) -> bytes:
    """A document of one empty page."""
    into, made = BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(into, **options)
    return into.getvalue()


def pixel_bomb() -> bytes:
    """A picture that is small here and 400 million pixels when it is unpacked."""
    into = BytesIO()
    Image.new("1", (20_000, 20_000)).save(into, "PNG")
    return into.getvalue()


def zip_bomb() -> bytes:
    """A packed file of some kilobytes that holds 30 MB."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("tom.txt", bytes(30_000_000))
    return into.getvalue()


def problems(page: TestResponse) -> list[str]:
    """What stands in the summary of what is wrong."""
    listed = re.search(r'govuk-error-summary__list">(.*?)</ul>', page.text, re.DOTALL)
    return re.findall(r"<a [^>]*>\s*(.*?)\s*</a>", listed[1], re.DOTALL) if listed else []


def names(page: str) -> list[str]:
    """The files that the page lists."""
    return re.findall(r'tf-file__name">(?:<a [^>]*>)?<bdi>([^<]+)</bdi>', page)
