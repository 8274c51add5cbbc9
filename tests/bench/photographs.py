"""A photograph from a phone, from HEIC to the JPEG that is kept: how long it takes, and how much memory."""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from shared.adapters.disarming import Disarmer
from shared.domain.file_types import FileType
from shared.ports.files import Disarmed
from shared.settings import ROOT

SIZE: Final = (4000, 3000)
"""Twelve megapixels."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """Seconds on the clock and of the processor, and the most memory its process has held."""

    seconds: float
    cpu_s: float
    memory_mb: float


def measured() -> Photograph:
    """The picture is made by one process and measured by another: a process's figures hold those of its children."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.heic"
        _run("make", path)
        return Photograph(**json.loads(_run("measure", path)))


def _run(what: str, path: Path) -> str:
    words = [sys.executable, "-m", "tests.bench.photographs", what, str(path)]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120).stdout


def make(path: Path) -> None:
    """Write a picture with a phone's grain."""
    import pillow_heif
    from PIL import Image, ImageFilter

    pillow_heif.register_heif_opener(thumbnails=False)
    grain = Image.effect_noise(SIZE, 90).filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    light = Image.radial_gradient("L").resize(SIZE).convert("RGB")
    Image.blend(grain, light, 0.5).save(path, "HEIF", quality=60)


def disarm(path: Path) -> Photograph:
    """The figures of the process that makes the picture anew, started as it is for each file."""
    content, began = path.read_bytes(), monotonic()
    made = Disarmer().disarm(FileType.HEIC, content)
    seconds, used = monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not isinstance(made, Disarmed):
        raise TypeError(made)
    return Photograph(round(seconds, 2), round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / 1024))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        print(json.dumps(asdict(disarm(Path(sys.argv[2])))))
