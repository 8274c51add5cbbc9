"""Making a case of a draft: once, with its files and its keys, however often and in parallel it is sent."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, NoReturn

from shared import log
from shared.domain.attachments import Attachment
from shared.domain.broken_rules import BrokenRule
from shared.domain.change import Change
from shared.domain.ids import AktId, FileId, ItemId, KeyId, PersonIndex, SubmissionId, UnitId
from shared.domain.places import Place
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, NotFound
from shared.records.attachment_rows import ATTACHMENTS, read_attachment
from shared.records.case_rows import read_akt_of
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault

_TRIES: Final = 5

Add = Callable[[ItemId, Sequence[Attachment]], Change]
"""Decides what is added to a case: the id of what its receipt names, and the files that are sent with it."""
Receive = Callable[[Place, ItemId, Sequence[Attachment]], Change]
"""Decides what comes in: where it lands, the id of what its receipt names, and the files that are sent with it."""


@dataclass(frozen=True, slots=True)
class Lands:
    """Where what is sent lands: the unit, the person it is about (None: unknown), how long it is kept, its files."""

    unit: UnitId
    person: PersonIndex | None
    retention: Retention
    files: tuple[FileId, ...]


class Filing:
    """What a reporter and an applicant need alike when they send."""

    def __init__(self, vault: Vault, commits: Commits, submissions: Submissions) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._fresh = vault.fresh
        self._commits = commits
        self._submissions = submissions

    def file(self, owner: str, draft: Draft, lands: Lands, receive: Receive) -> Sent:
        """The draft becomes what `receive` decides; `Sent.result` is the id of what was made.

        The draft's id is the submission's id, so sending the same draft twice or in parallel gives the same receipt.
        Raises `Conflict` when the draft was changed meanwhile (show it again), `Unavailable` when the store did not
        answer. A file that the draft lists and that is not there raises `NotFound`: nothing is sent without it.
        """

        def build(made: ItemId, attached: Sequence[Attachment]) -> tuple[Change, Callable[[], None]]:
            place = self._place(lands)
            return receive(place, made, attached), partial(self._give_up, place)

        return self._sent(owner, draft, lands, build)

    def add(self, owner: str, draft: Draft, lands: Lands, build: Add) -> Sent:
        """The draft becomes an item of a case that is there already, and so is sealed with that case's key.

        `build` reads the case afresh each time. Raises what it raises, and what `file` raises.
        """
        try:
            return self._sent(owner, draft, lands, lambda made, attached: (build(made, attached), _nothing))
        except (BrokenRule, NotFound):
            if before := self._submissions.recall(_submission(owner, draft)):
                return before  # it was sent before, and has changed what may be done now
            raise

    def _sent(
        self,
        owner: str,
        draft: Draft,
        lands: Lands,
        build: Callable[[ItemId, Sequence[Attachment]], tuple[Change, Callable[[], None]]],
    ) -> Sent:
        submission = _submission(owner, draft)
        made = ItemId(self._fresh())
        for last in range(_TRIES):
            attached = self.attached(lands.files, lands.retention, draft)
            if attached is None:
                return self._submissions.recall(submission) or self.without_a_file(draft)
            change, give_up = build(made, attached)
            try:
                sent = self._commits.commit(change, submission, made, spent(draft, self._sealing, change.at))
            except Conflict:
                give_up()
                current = self._store.get("drafts", draft.id)
                if last == _TRIES - 1 or current is None or current.rev != draft.rev:
                    raise
                continue
            if sent.result != made:
                give_up()  # another call's stands; ours may stand although its answer got lost
            return sent
        raise Conflict("drafts")

    def sent_before(self, owner: str, draft: str) -> str | None:
        """The id of what this draft became, or None."""
        return self._submissions.result_of(owner, SubmissionId(draft))

    def _place(self, lands: Lands) -> Place:
        known = self._known(lands.person)
        akt = known or AktId(self._fresh())
        case_key, *person_key = self._ring.create_many(akt, lands.retention, 1 if known else 2)
        return Place(lands.unit, akt, case_key, lands.person, *person_key)

    def attached(self, files: Sequence[FileId], retention: Retention, draft: Draft) -> list[Attachment] | None:
        """The draft's files that are sent, their keys moved to what is kept longer; None when one is not there."""
        found = self._store.get_many(ATTACHMENTS, files) if files else {}
        own = {id: one for id, one in found.items() if one.fields["holder"] == draft.id}
        if len(own) != len(files):
            return None
        attached = [read_attachment(own[id], self._sealing) for id in files]
        for one in attached:
            with suppress(KeyGone):  # refused: its row has changed, and the batch is made anew if it has just now
                self._ring.prolong(one.file.key, retention)
        return attached

    def without_a_file(self, draft: Draft) -> NoReturn:
        """Say why a file that the draft lists is not there: it was taken away meanwhile, or it is lost."""
        current = self._store.get("drafts", draft.id)
        if current is None or current.rev != draft.rev:
            raise Conflict("drafts")  # it was taken away on another page
        log.alarm("file.missing", collection=ATTACHMENTS)
        raise NotFound(ATTACHMENTS)

    def _known(self, person: PersonIndex | None) -> AktId | None:
        document = None if person is None else self._store.get("person_index", person)
        return None if document is None else read_akt_of(document)[1]

    def _give_up(self, place: Place) -> None:
        """Keys made for a batch that was not written hold nothing: they go."""
        for key in (place.case_key, place.person_key):
            if key is not None:
                self._ring.erase(KeyId(key))


def _submission(owner: str, draft: Draft) -> Submission:
    return Submission(owner, SubmissionId(draft.id), {"answers": dict(draft.answers)})


def _nothing() -> None:
    """There is nothing to give up."""
