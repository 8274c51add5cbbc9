"""A decision's original, from the stored decision to the sealed file on the disk, and a stranger's check of it."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, SubmissionId
from shared.domain.originals import Original, Verdict
from shared.records.submissions import Submission
from tests.bench import stock
from tests.bench.serving import stocked
from tests.cases import preliminary_form

TIMES = 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """Seconds: the first original of a process, with all that it loads, the median of later ones, and of checks."""

    first_s: float
    warm_s: float
    check_s: float
    check_unknown_s: float
    kb: float


def measured() -> Sealed:
    """On the keepers of one machine, in this process; a check starts one of its own."""
    with TemporaryDirectory() as name:
        return stocked(Path(name), _measured)


def _measured(house: House) -> Sealed:
    cases = [_decided(house, CaseId(id)) for id in stock.cases(house, TIMES + 1)]
    made = [_timed(house, case) for case in cases]
    pdfs = [house.originals.content(original) for original, _ in made]
    checks = [_checked(house, pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1), Verdict.ALTERED) for pdf in pdfs[:5]]
    return Sealed(
        first_s=made[0][1],
        warm_s=median(seconds for _, seconds in made[1:]),
        check_s=median(checks),
        check_unknown_s=median(_checked(house, b"%PDF-1.7\n" + bytes(1_000_000), Verdict.UNKNOWN) for _ in range(5)),
        kb=median(len(pdf) for pdf in pdfs) / 1024,
    )


def _decided(house: House, case: CaseId) -> CaseId:
    who, form = stock.anna(house), preliminary_form(Outcome.OPEN)
    once = Submission(str(who.staff), SubmissionId(fresh()), {})
    house.caseworker.decide(who, case, form, title="socialsekreterare", submission=once, draft=None)
    return case


def _timed(house: House, case: CaseId) -> tuple[Original, float]:
    began = perf_counter()
    made = house.originals.make_of(case)
    assert made is not None
    return made, perf_counter() - began


def _checked(house: House, pdf: bytes, verdict: Verdict) -> float:
    began = perf_counter()
    assert house.verification.file(pdf).verdict is verdict
    return perf_counter() - began
