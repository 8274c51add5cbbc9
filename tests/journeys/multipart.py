"""A form with files as a browser sends it (RFC 7578), made in memory."""

from collections.abc import Iterable
from typing import Final

_EDGE: Final = "tf7d1c9e0b42"
CONTENT_TYPE: Final = f"multipart/form-data; boundary={_EDGE}"


def multipart(fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, str, bytes]]) -> bytes:
    """The body: fields (name, value), then files (name, file name, content)."""
    texts = [_part(f'name="{name}"', value.encode()) for name, value in fields]
    sent = [_part(f'name="{name}"; filename="{_quoted(file)}"', content) for name, file, content in files]
    return b"".join([*texts, *sent, f"--{_EDGE}--\r\n".encode()])


def _part(about: str, content: bytes) -> bytes:
    head = f"--{_EDGE}\r\nContent-Disposition: form-data; {about}\r\n"
    kind = "Content-Type: application/octet-stream\r\n" if "filename" in about else ""
    return f"{head}{kind}\r\n".encode() + content + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
