"""Everything that somebody outside is given, and the search for words in it: pages with their heads, and whole PDFs."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pypdf import PdfReader
from werkzeug.test import TestResponse


@dataclass(slots=True)
class Received:
    """Everything that somebody outside was given: what it was, and its every byte that can be read."""

    found: dict[str, str] = field(default_factory=dict)

    def take(self, what: str, answer: TestResponse) -> TestResponse:
        """Keep the answer with its head; a PDF as its text, its metadata and each of its streams."""
        said = f"{answer.headers}{answer.text if answer.mimetype != 'application/pdf' else inside(answer.data)}"
        assert answer.status_code == 200, what
        self.found[what] = said
        return answer

    def telling(self, words: Sequence[str]) -> dict[str, list[str]]:
        """What of it tells any of the words."""
        hits = {what: [one for one in words if one.casefold() in said.casefold()] for what, said in self.found.items()}
        return {what: words for what, words in hits.items() if words}


def inside(pdf: bytes) -> str:
    """Every word and byte of a PDF: as it is read aloud, its metadata, and each stream as it is and unpacked."""
    read = PdfReader(io.BytesIO(pdf))
    texts = [
        " ".join(" ".join(page.extract_text().split()) for page in read.pages),
        str(read.metadata),
        str(read.xmp_metadata),
    ]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            texts.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                texts += [one.read_raw_bytes().decode("latin-1")]
                texts += both_ways(unpacked(one))
    return "\n".join([*texts, *both_ways(pdf)])


def both_ways(content: bytes) -> list[str]:
    return [content.decode(code, "replace") for code in ("latin-1", "utf-8", "utf-16-be")]


def unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, zlib.error):
        return b""
