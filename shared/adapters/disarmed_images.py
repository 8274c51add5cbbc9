"""Images made anew as JPEG: the pixels, upright, and nothing else that the file told."""

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Final

from shared.domain.received_files import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 50_000_000
"""What the largest sensors of common phones give; an image of so many must fit the worker's memory."""
_QUALITY: Final = 88
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
_LATE: Final = ("WebPImagePlugin", "TiffImagePlugin", "MpoImagePlugin", "ImageOps", "ImageCms")
"""What the library would load when a file calls for it: no longer possible then. EXIF is laid out as TIFF, and a phone
that keeps two pictures in one JPEG makes it an MPO.
"""


def disarmer() -> Callable[[bytes], bytes | Refusal]:
    """What makes an image anew, with the libraries loaded."""
    import pillow_heif
    from PIL import Image

    Image.preinit()
    for late in _LATE:
        import_module(f"PIL.{late}")
    pillow_heif.register_heif_opener(thumbnails=False)
    return disarmed


def disarmed(content: bytes) -> bytes | Refusal:
    """The image as JPEG, or why it is not taken. Size is looked at before a single pixel is unpacked."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the size is judged here, with words for it
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return Refusal.TOO_MANY_PIXELS
            return _as_jpeg(picture)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - libraries say in many ways that a file is not what it should be
        return Refusal.DAMAGED


def _as_jpeg(picture: "Image") -> bytes:
    from PIL import ImageOps

    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    plain = _in_srgb(_without_depth(picture))
    plain.info.clear()  # a JPEG would be given the comment of the original
    made = BytesIO()
    plain.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _without_depth(picture: "Image") -> "Image":
    """The picture on white paper, with eight bits a colour."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point([value >> 8 for value in range(65_536)], "L")
    if not picture.has_transparency_data:
        return picture
    shown = picture.convert("RGBA")
    paper = Image.new("RGB", shown.size, "white")
    paper.paste(shown, mask=shown.getchannel("A"))
    paper.info = picture.info
    return paper


def _in_srgb(picture: "Image") -> "Image":
    """The colours as they were meant, without the profile that said so."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if isinstance(profile, bytes) and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            seen = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
        if seen is not None:
            return seen
    return picture.convert("RGB")
