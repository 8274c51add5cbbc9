"""Every job in turn: what it asks of the store, and how long it takes beside its floor."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from tests.bench import (
    bookings,
    cold_starts,
    errands,
    form_checks,
    in_the_cloud,
    long_journals,
    long_queues,
    originals,
    photographs,
    round_trips,
    sizes,
    weights,
)
from tests.bench.counting import counted_house
from tests.bench.jobs import JOBS, JOURNAL_PAGE, QUEUE_PAGE, Job
from tests.bench.timing import timed

Found: TypeAlias = dict[str, dict[str, Any]]
WHOLE: Final = "application_whole"
SIZES: Final = "queue_sizes"
JOURNAL_SIZES: Final = "journal_sizes"
START_UP: Final = "start_up"
FIRST_PAGE: Final = "first_page"
FIRST_PAINT: Final = "first_paint"
CLOUD_START: Final = "cloud_start"
CLOUD_WRITERS: Final = "cloud_writers"
CLOUD_TRIPS: Final = "cloud_trips"
ORIGINAL: Final = "original"
PHOTOGRAPH: Final = "photograph"
FORM_CHECK: Final = "form_check"
SLOT_RACE: Final = "slot_race"
FREE_TIMES: Final = "free_times"
SLOT_BOOKING: Final = "slot_booking"
NAMES: Final = (
    *JOBS,
    WHOLE,
    SIZES,
    JOURNAL_SIZES,
    FORM_CHECK,
    ORIGINAL,
    PHOTOGRAPH,
    SLOT_RACE,
    FREE_TIMES,
    SLOT_BOOKING,
    START_UP,
    FIRST_PAGE,
    FIRST_PAINT,
    CLOUD_START,
    CLOUD_WRITERS,
    CLOUD_TRIPS,
)


def measure(names: Iterable[str], tell: Callable[[str], None]) -> Found:
    """The figures of these jobs by name; `tell` is told what is being measured."""
    found: Found = {}
    for name in names:
        tell(name)
        found |= _OTHERS[name]() if name in _OTHERS else {name: _job(JOBS[name])}
    memory = [figures["memory_mb"] for name, figures in found.items() if name in JOBS]
    if memory and START_UP in found:
        found[START_UP]["host_memory_mb"] = max(memory)
    return found


def _job(job: Job) -> dict[str, Any]:
    with TemporaryDirectory() as folder, counted_house(Path(folder)) as house:
        counts = asdict(house.count(job))
    return {**counts, **asdict(timed(job))}


def _whole() -> Found:
    return {WHOLE: asdict(errands.measured())}


def _sizes() -> Found:
    found = sizes.measured(QUEUE_PAGE.person, "/arbete/ko", long_queues.fill, (1_000, 10_000, 100_000, 1_000_000))
    return {f"queue_page_{size}": asdict(one) for size, one in found.items()}


def _journal_sizes() -> Found:
    found = sizes.measured(JOURNAL_PAGE.person, "/journal", long_journals.fill, (10, 1_000, 100_000))
    return {f"journal_page_{size}": asdict(one) for size, one in found.items()}


def _start_up() -> Found:
    """The slowest function is the figure; the others, and the host with all of them, stand beside it."""
    found = cold_starts.measured()
    alone = {name: found[name] for name in cold_starts.FIRST_PAGES}
    unwanted = [module for name in alone for module in cold_starts.unwanted_modules(name)]
    slowest = max(alone.values(), key=lambda one: one.cpu_ratio_to_hello)
    return {
        START_UP: {
            **asdict(slowest),
            "floor_cpu_ms": found["hello"].cpu_ms,
            "unwanted_modules": len(unwanted),
            "each": {name: asdict(one) for name, one in found.items()},
        }
    }


def _first_page() -> Found:
    found = weights.measured()
    following = max(found[name].kb for name in weights.NEXT)
    each = {name: asdict(one) for name, one in found.items()}
    return {FIRST_PAGE: {**asdict(found["first"]), "next_page_kb": following, "each": each}}


def _first_paint() -> Found:
    """Nothing where no Chromium is."""
    from tests.bench import first_paint
    from tests.chromium import program

    return {} if program() is None else {FIRST_PAINT: asdict(first_paint.measured())}


def _original() -> Found:
    return {ORIGINAL: asdict(originals.measured())}


def _cloud_start() -> Found:
    """Nothing where the emulator is missing: its goals are then not judged, as those of a job that was left out."""
    with in_the_cloud.emulated() as emulator:
        return {} if emulator is None else {CLOUD_START: asdict(in_the_cloud.cold_start(emulator))}


def _form_check() -> Found:
    return {FORM_CHECK: asdict(form_checks.measured())}


def _photograph() -> Found:
    return {PHOTOGRAPH: asdict(photographs.measured())}


def _slot_race() -> Found:
    """On SQLite, and on the emulator where there is one."""
    found: Found = {SLOT_RACE: asdict(bookings.race())}
    with in_the_cloud.emulated() as emulator:
        if emulator is not None:
            found["slot_race_cloud"] = asdict(bookings.race_in_firestore(emulator))
    return found


def _free_times() -> Found:
    return {FREE_TIMES: asdict(bookings.free_times())}


def _slot_booking() -> Found:
    return {SLOT_BOOKING: asdict(bookings.slot_booking())}


def _cloud_writers() -> Found:
    with in_the_cloud.emulated() as emulator:
        return {} if emulator is None else {CLOUD_WRITERS: asdict(in_the_cloud.writers(emulator))}


def _cloud_trips() -> Found:
    with in_the_cloud.emulated() as emulator:
        if emulator is None:
            return {}
        return {CLOUD_TRIPS: {name: round_trips.round_trips(emulator, job) for name, job in JOBS.items()}}


_OTHERS: Final[Mapping[str, Callable[[], Found]]] = {
    WHOLE: _whole,
    SIZES: _sizes,
    JOURNAL_SIZES: _journal_sizes,
    ORIGINAL: _original,
    FORM_CHECK: _form_check,
    PHOTOGRAPH: _photograph,
    SLOT_RACE: _slot_race,
    FREE_TIMES: _free_times,
    SLOT_BOOKING: _slot_booking,
    START_UP: _start_up,
    FIRST_PAGE: _first_page,
    FIRST_PAINT: _first_paint,
    CLOUD_START: _cloud_start,
    CLOUD_WRITERS: _cloud_writers,
    CLOUD_TRIPS: _cloud_trips,
}
