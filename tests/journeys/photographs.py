"""Three photographs as phones make them: one that lies on its side, one in Apple's format, one with a clear ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pillow_heif
from PIL import Image
from playwright.sync_api import Download, expect

from tests.journeys.window import Window

_SKY: Final = (40, 90, 200)
_LYING: Final = 6
"""EXIF: turn it a quarter clockwise to see it upright (CIPA DC-008)."""
_ORIENTATION, _GPS = 0x0112, 0x8825
_LATITUDE: Final = {1: "N", 2: (59.0, 20.0, 0.0)}
_SLACK: Final = 40
_LONGEST_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file as it lies in the phone, the name it is kept with, and its size in pixels when it stands upright."""

    path: Path
    kept: str
    size: tuple[int, int]


def taken(folder: Path) -> Sequence[Photograph]:
    """A rent notice of twelve megapixels with the place it was taken at, a receipt, and a picture of the screen."""
    pillow_heif.register_heif_opener(thumbnails=False)
    lying = _upright((3024, 4032)).transpose(Image.Transpose.ROTATE_90)
    lying.save(folder / "hyresavi.jpg", quality=85, exif=_told(_LYING))
    _upright((1500, 2000)).save(folder / "kvitto.heic", "HEIF", quality=60, exif=_told())
    _upright((750, 1334)).convert("RGBA").save(folder / "konto.png", exif=_told())
    sizes = {"hyresavi.jpg": (3024, 4032), "kvitto.heic": (1500, 2000), "konto.png": (750, 1334)}
    return [Photograph(folder / name, f"{Path(name).stem}.jpg", size) for name, size in sizes.items()]


def _told(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside the picture: how it lies, and where it was taken."""
    told = Image.Exif()
    told[_ORIENTATION] = orientation
    told.get_ifd(_GPS).update(_LATITUDE)
    return told


def _upright(size: tuple[int, int]) -> Image.Image:
    """A phone's grain with a sky at the top."""
    grain = Image.effect_noise((size[0] // 4, size[1] // 4), 90)
    paper = grain.resize(size).convert("RGB")
    paper.paste(_SKY, (0, 0, size[0], size[1] // 4))
    return paper


def attach(window: Window, photographs: Sequence[Photograph], *, scripts: bool) -> None:
    """Choose them on the page, and wait until they have been received."""
    window.page.set_input_files("#filer", [one.path for one in photographs])
    if not scripts:
        window.press("Ladda upp")
    listed = window.page.locator(".tf-file__name")
    expect(listed).to_have_text([one.kept for one in photographs], timeout=_LONGEST_MS)
    window.look()


def saved(window: Window, photograph: Photograph) -> None:
    """Save it as staff do: an upright JPEG of the whole picture that tells nothing else."""
    with window.page.expect_download() as coming:
        window.page.get_by_role("link", name=photograph.kept, exact=True).click()
    _look(coming.value, photograph)


def _look(file: Download, photograph: Photograph) -> None:
    assert file.suggested_filename == photograph.kept
    with Image.open(file.path()) as picture:
        assert (picture.format, picture.size) == ("JPEG", photograph.size)
        assert not picture.getexif()
        top = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 8))
    assert isinstance(top, tuple)
    assert all(abs(seen - meant) < _SLACK for seen, meant in zip(top, _SKY, strict=True)), top
