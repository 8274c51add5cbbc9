"""The sweep: every five minutes it finds what alarms, defects and time have left behind.

Deadlines that nobody rang for, alarms that are not sure to be set, reports without a case or a clock, what has
expired, keys that nothing uses, files that nothing opens, and cases of people who have left. Each run is bounded;
what it does not reach is reached by the next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from shared import log
from shared.domain.broken_rules import BrokenRule
from shared.domain.deadlines import Deadline
from shared.domain.ids import KeyId
from shared.domain.queries import DEADLINES_TO_SWEEP, DRAFTS_EXPIRED, REPORTS_RECEIVED, SUBMISSIONS_EXPIRED
from shared.domain.sweeps import SweepReport
from shared.ports.clock import Clock
from shared.ports.keys import KeyGone, KeyRing, Tampered
from shared.ports.store import (
    AlreadyExists,
    Conflict,
    Create,
    Delete,
    Document,
    NotFound,
    Replace,
    Store,
    StoreError,
    Unavailable,
    Value,
)
from shared.records.deadlines import Deadlines, Outcome, read_deadline
from shared.records.drafts import LIFE
from shared.records.lapsed_channels import LapsedChannels
from shared.records.lapsed_holds import LapsedHolds
from shared.records.leavers import Leavers
from shared.records.left_files import LeftFiles
from shared.records.orphaned_files import OrphanedFiles
from shared.records.sealing import SCHEMA
from shared.records.sessions import Sessions
from shared.records.unused_keys import UnusedKeys

_PAGES: Final = 5
_PAGE: Final = 100
_SETTLED: Final = timedelta(minutes=2)
"""A report this old is certainly stored whole: receipt and commit are seconds apart."""
_FIRST_LOOK: Final = timedelta(days=1)


class Sweep:
    """Guards deadlines, reports and expiry; its own last run is a document, so that its silence is noticed."""

    def __init__(
        self,
        store: Store,
        deadlines: Deadlines,
        sessions: Sessions,
        keys: KeyRing,
        clock: Clock,
        *,
        leavers: Leavers,
        files: LeftFiles,
        orphans: OrphanedFiles,
        holds: LapsedHolds,
        channels: LapsedChannels,
    ) -> None:
        self._store = store
        self._files = files
        self._orphans = orphans
        self._holds = holds
        self._channels = channels
        self._deadlines = deadlines
        self._sessions = sessions
        self._leavers = leavers
        self._keys = keys
        self._unused_keys = UnusedKeys(store, keys, files, clock)
        self._clock = clock

    def last(self) -> SweepReport | None:
        """The report of the last finished run, or None before the first. One read."""
        document = self._store.get("sweeps", "latest")
        return None if document is None else _read(document)

    def run(self) -> SweepReport:
        """Sweep once and remember the report. Raises `Unavailable` without a store: try again in five minutes."""
        before = self._store.get("sweeps", "latest")
        report = self._sweep_deadlines(SweepReport(self._clock.now()))
        report = self._check_reports(report, None if before is None else _read(before))
        drafts = [partial(self._drop_drafts, kind) for kind in LIFE]
        expired: list[Callable[[], int]] = [
            self._sessions.sweep, *drafts, self._drop_submissions, self._files.drop_uploads,
            self._holds.sweep, self._channels.sweep,
        ]  # fmt: skip
        report = replace(report, dropped=sum(_by_itself(one) for one in expired))
        self._remember(report, before)
        for task in (self._unused_keys.sweep, self._leavers.sweep, self._files.scan, self._orphans.sweep):
            _by_itself(task)
        return report

    def _sweep_deadlines(self, report: SweepReport) -> SweepReport:
        cursor: str | None = None
        for _ in range(_PAGES):
            page = self._store.query(DEADLINES_TO_SWEEP, {"open": True}, limit=_PAGE, stop=report.at, cursor=cursor)
            report = self._handle(page.documents, report)
            cursor = page.cursor
            if cursor is None:
                break
        return replace(report, more=cursor is not None)

    def _handle(self, documents: Sequence[Document], report: SweepReport) -> SweepReport:
        stored, errors = _readable(documents)
        unarmed = [one for one in stored if one.wake_at > report.at]
        rang = 0
        for one in stored:
            if one.wake_at <= report.at:
                outcome = self._answer(one)
                rang, errors = rang + (outcome is Outcome.RANG), errors + (outcome is None)
        armed = self._deadlines.confirm(unarmed)
        return replace(
            report,
            found=report.found + len(documents),
            rang=report.rang + rang,
            armed=report.armed + armed,
            errors=report.errors + errors + len(unarmed) - armed,
        )

    def _answer(self, deadline: Deadline) -> Outcome | None:
        """Answer in the lost alarm's place; None if this deadline can not be handled, which must not stop the rest."""
        try:
            return self._deadlines.ring(deadline.id, deadline.epoch, deadline.hop)
        except Unavailable:
            raise
        except (StoreError, LookupError) as error:
            log.alarm("sweep.failed", error, collection="deadlines", name=deadline.name)
            return None

    def _check_reports(self, report: SweepReport, before: SweepReport | None) -> SweepReport:
        """Look once at each new report, and again at those that lacked something until they are whole."""
        since = before.checked_to if before is not None and before.checked_to else report.at - _FIRST_LOOK
        until = max(since, report.at - _SETTLED)
        page = self._store.query(REPORTS_RECEIVED, {}, limit=_PAGE, start=since, stop=until)
        again = self._store.get_many("reports", before.incomplete) if before is not None and before.incomplete else {}
        incomplete = self._incomplete({**again, **{one.id: one for one in page.documents}}.values())
        if incomplete:
            log.alarm("report.incomplete", count=len(incomplete))
        checked_to = until if page.cursor is None else _instant(page.documents[-1], "received_at")
        more = report.more or page.cursor is not None
        return replace(report, incomplete=tuple(incomplete[:_PAGE]), checked_to=checked_to, more=more)

    def _incomplete(self, reports: Iterable[Document]) -> list[str]:
        """The reports whose case, or a clock that must run in it, is not there."""
        case_of = {one.id: str(one.fields["case"]) for one in reports}
        cases = self._many("cases", case_of.values())
        running = {id: _running(case) for id, case in cases.items()}
        stored = self._many("deadlines", (clock for clocks in running.values() for clock in clocks))
        return [
            report
            for report, case in case_of.items()
            if case not in cases
            or (cases[case].fields["open"] and not running[case])
            or any(clock not in stored for clock in running[case])
        ]

    def _many(self, collection: str, ids: Iterable[str]) -> dict[str, Document]:
        wanted = list(dict.fromkeys(ids))
        parts = [wanted[at : at + _PAGE] for at in range(0, len(wanted), _PAGE)]
        return {id: one for part in parts for id, one in self._store.get_many(collection, part).items()}

    def _drop_drafts(self, kind: str) -> int:
        """Delete what expired and erase its key; a draft that was saved at the last moment stays."""
        page = self._store.query(DRAFTS_EXPIRED, {"kind": kind}, limit=_PAGE, stop=self._clock.now())
        return sum(map(self._drop_draft, page.documents))

    def _drop_draft(self, document: Document) -> int:
        try:
            self._store.commit([Delete("drafts", document.id, document.rev)])
        except (Conflict, NotFound):
            return 0
        self._keys.erase(KeyId(str(document.fields["key"])))
        self._files.forget(document.id)
        return 1

    def _drop_submissions(self) -> int:
        """Forget what was sent more than 30 days ago."""
        page = self._store.query(SUBMISSIONS_EXPIRED, {}, limit=_PAGE, stop=self._clock.now())
        if page.documents:
            self._store.commit([Delete("idempotency", one.id) for one in page.documents])
        return len(page.documents)

    def _remember(self, report: SweepReport, before: Document | None) -> None:
        fields: dict[str, Value] = {**asdict(report), "incomplete": list(report.incomplete), "schema": SCHEMA}
        try:
            self._store.commit(
                [Replace("sweeps", "latest", before.rev, fields) if before else Create("sweeps", "latest", fields)]
            )
        except (AlreadyExists, Conflict):
            log.info("sweep.overtaken")  # two at once are harmless: the other one's report is as good


def _by_itself(task: Callable[[], int]) -> int:
    """What the task came to, 0 when it failed: a lost file or a bucket that is down holds up no reminder."""
    try:
        return task()
    except (StoreError, KeyGone, Tampered, BrokenRule, LookupError, TypeError, ValueError) as error:
        log.alarm("sweep.failed", error)
        return 0


def _readable(documents: Sequence[Document]) -> tuple[list[Deadline], int]:
    """The deadlines, and how many documents are none."""
    stored = []
    for one in documents:
        try:
            stored.append(read_deadline(one))
        except (LookupError, TypeError, ValueError) as error:
            log.alarm("sweep.failed", error, collection="deadlines")
    return stored, len(documents) - len(stored)


def _running(case: Document) -> list[str]:
    """The deadline ids of the case's running clocks."""
    clocks: Any = case.fields["clocks"]
    return [one["deadline"] for one in clocks.values() if one["state"] == "running"]


def _instant(document: Document, field: str) -> datetime:
    value = document.fields[field]
    if not isinstance(value, datetime):
        raise TypeError(field)
    return value


def _read(document: Document) -> SweepReport:
    fields: Any = {name: value for name, value in document.fields.items() if name != "schema"}
    return SweepReport(**{**fields, "incomplete": tuple(fields["incomplete"])})
