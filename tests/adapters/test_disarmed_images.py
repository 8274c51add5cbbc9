"""An image is made anew: the same picture, upright and in its colours, without anything else the file told."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from shared.adapters.disarmed_images import MOST_PIXELS, disarmed, disarmer
from shared.domain.received_files import Refusal

CANARY = b"Storgatan 1, Exempelby"
RED, BLUE = (220, 30, 30), (30, 30, 220)
ROTATED = 6
"""The EXIF orientation of a phone held upright: the stored picture lies on its side."""


def picture(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), RED)
    made.paste(BLUE, (width // 2, 0, width, height))
    return made.convert(mode)


def exif(orientation: int = 1) -> bytes:
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010E] = CANARY.decode()
    told.get_ifd(0x8825)[0x001D] = CANARY.decode()
    return told.tobytes()


def written(made: Image.Image, form: str, **options: Any) -> bytes:
    if form == "HEIF":
        pillow_heif.register_heif_opener(thumbnails=False)
    into = BytesIO()
    made.save(into, form, **options)
    return into.getvalue()


def remade(content: bytes) -> Image.Image:
    made = disarmed(content)
    assert isinstance(made, bytes), made
    shown = Image.open(BytesIO(made))
    shown.load()
    return shown


def is_like(shown: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    seen = shown.getpixel(place)
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 30 for one, other in zip(seen, colour, strict=True))


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    disarmer()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_of_image_becomes_a_jpeg_of_the_same_picture(form: str) -> None:
    shown = remade(written(picture(), form))

    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (64, 32))
    assert is_like(shown, (8, 16), RED)
    assert is_like(shown, (56, 16), BLUE)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_is_left_of_where_when_and_by_whom_it_was_taken(form: str) -> None:
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    options: dict[str, Any] = {"exif": exif(), "xmp": xmp}
    if form == "JPEG":
        options["comment"] = CANARY
    if form == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", CANARY.decode())
    sent = written(picture(), form, **options)
    assert CANARY in sent

    made = disarmed(sent)

    assert isinstance(made, bytes)
    assert CANARY not in made
    assert Image.open(BytesIO(made)).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_taken_sideways_is_turned_upright(form: str) -> None:
    shown = remade(written(picture(), form, exif=exif(ROTATED)))

    assert shown.size == (32, 64)
    assert is_like(shown, (16, 8), RED)
    assert is_like(shown, (16, 56), BLUE)


def test_a_picture_in_another_colour_space_is_shown_in_its_colours() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")

    assert is_like(remade(written(picture(), "PNG", icc_profile=profile)), (8, 16), RED)
    assert is_like(remade(written(picture(), "PNG", icc_profile=swapped)), (8, 16), BLUE)


def test_a_broken_colour_profile_is_no_hindrance() -> None:
    assert is_like(remade(written(picture(), "PNG", icc_profile=b"none" * 50)), (8, 16), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_way_of_storing_colours_is_read(mode: str) -> None:
    if mode == "I;16":
        sent = written(Image.new("I;16", (8, 8), 40_000), "PNG")
        assert is_like(remade(sent), (4, 4), (156, 156, 156))
        return
    form = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"

    assert remade(written(picture(mode=mode), form)).mode == "RGB"


def test_what_is_transparent_is_white() -> None:
    assert is_like(remade(written(Image.new("RGBA", (16, 16), (0, 0, 0, 0)), "PNG")), (8, 8), (255, 255, 255))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_half_an_image_is_damaged(form: str) -> None:
    sent = written(Image.effect_noise((128, 128), 60).convert("RGB"), form)

    for left in (20, len(sent) // 2, len(sent) * 9 // 10):
        assert disarmed(sent[:left]) is Refusal.DAMAGED


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic"], ids=repr
)
def test_a_mark_alone_is_no_image(content: bytes) -> None:
    assert disarmed(content) is Refusal.DAMAGED


def test_no_image_of_another_kind_is_opened() -> None:
    for form in ("GIF", "BMP", "TIFF", "ICO", "PPM"):
        assert disarmed(written(picture(), form)) is Refusal.DAMAGED


def test_a_packed_file_behind_an_image_is_gone() -> None:
    hidden = b"PK\x03\x04" + CANARY + b"PK\x05\x06" + bytes(18)

    made = disarmed(written(picture(), "JPEG") + hidden)

    assert isinstance(made, bytes)
    assert b"PK" not in made
    assert CANARY not in made


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be so large."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(1000))) + part(b"IEND", b"")


@pytest.mark.parametrize(
    "size", [(MOST_PIXELS + 1, 1), (10_000, 5001), (60_000, 60_000), (2**31 - 1, 2**31 - 1)], ids=str
)
def test_a_pixel_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert disarmed(bomb(*size)) is Refusal.TOO_MANY_PIXELS
