"""Files of a draft: taken in with the answer that lists them in one batch, taken out the same way, gone with the draft.

A file lies sealed with a key of its own before anything names it. What a crash leaves nameless is found by the sweep.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from shared.domain.attachments import Attachment
from shared.domain.ids import FileId, KeyId
from shared.domain.queries import ATTACHMENTS_OF
from shared.domain.received_files import ReceivedFile, Refusal, too_much
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Conflict, Delete, Document, NotFound, Unavailable, Write
from shared.records.attachment_rows import ATTACHMENTS, attachment_row, read_attachment
from shared.records.drafts import Draft, Drafts
from shared.records.received import ReceivedFiles
from shared.records.vault import Vault

_TRIES: Final = 5
_PAGE: Final = ATTACHMENTS_OF.page


def nothing_more(_: FileId) -> Sequence[Write]:
    """No further writes."""
    return ()


class Attachments:
    """Keeps what belongs to drafts and cases; the caller sees to it that the draft is the principal's own."""

    def __init__(self, vault: Vault, drafts: Drafts, received: ReceivedFiles) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._drafts = drafts
        self._received = received

    def of(self, holder: str) -> list[Attachment]:
        """What belongs to the draft or case, oldest first, at most 100. One read each.

        What an earlier draft with the same id has left is not there: its key is gone.
        """
        page = self._store.query(ATTACHMENTS_OF, {"holder": holder}, limit=_PAGE)
        return [found for one in page.documents if (found := self._readable(one))]

    def add(
        self,
        draft: Draft,
        question: str,
        name: str,
        content: bytes,
        also: Callable[[FileId], Sequence[Write]] = nothing_more,
    ) -> Draft | Refusal:
        """The draft with one more file among the answers to the question, or why the file is not received.

        The very same content sent again is the file that is there. `also` gives writes for the same batch. Raises
        `NotFound` when the draft is gone or sent meanwhile, `Unavailable` when it can not be done now; then nothing
        of the file is kept.
        """
        digest = sha256(content).hexdigest()
        there = self.of(draft.id)
        if _again(there, question, digest):
            return draft
        made = self._received.take_in(name, content, _files(there, question), _files(there))
        if isinstance(made, Refusal):
            return made
        now = self._clock.now()
        attachment = Attachment(made, 0, draft.id, draft.key, question, digest, now, now)
        try:
            kept = self._settle(draft, attachment, also)
        except Unavailable:
            if self._store.get(ATTACHMENTS, made.id) is not None:
                return self._present(draft)  # only the answer got lost
            raise  # the write may still come: the sweep lets go of the file if it does not
        except Exception:
            self._received.drop(made.id, made.key)
            raise
        if isinstance(kept, Refusal) or not _lists(kept, question, made.id):
            self._received.drop(made.id, made.key)
        return kept

    def remove(self, draft: Draft, id: FileId) -> Draft:
        """The draft without the file; a file that is not its own is left alone. `NotFound` when the draft is gone."""
        for _ in range(_TRIES):
            document = self._store.get(ATTACHMENTS, id)
            if document is None or document.fields["holder"] != draft.id:
                return draft
            question = str(document.fields["question"])
            left = [one for one in listed(draft.answers, question) if one["id"] != id]
            saved, write = self._drafts.saving(draft, _answered(draft, question, left))
            try:
                self._store.commit([write, Delete(ATTACHMENTS, id, document.rev)])
            except (Conflict, NotFound):
                draft = self._present(draft)
                continue
            self._received.drop(id, KeyId(str(document.fields["file_key"])))
            return saved
        raise Conflict(ATTACHMENTS)

    def forget(self, holder: str) -> int:
        """Let go of everything that belongs to a draft that is gone; how much it was. A second call does nothing."""
        page = self._store.query(ATTACHMENTS_OF, {"holder": holder}, limit=_PAGE)
        if page.documents:
            self._store.commit([Delete(ATTACHMENTS, one.id) for one in page.documents])
        for one in page.documents:
            self._received.drop(FileId(one.id), KeyId(str(one.fields["file_key"])))
        return len(page.documents)

    def _settle(
        self, draft: Draft, attachment: Attachment, also: Callable[[FileId], Sequence[Write]]
    ) -> Draft | Refusal:
        """Write file and answer together; when another page was faster, look again whether there is room."""
        question = attachment.question
        for _ in range(_TRIES):
            entry = {"id": attachment.id, "name": attachment.file.name, "size": attachment.file.size}
            there = [*listed(draft.answers, question), entry]
            saved, write = self._drafts.saving(draft, _answered(draft, question, there))
            row = attachment_row(attachment).write(self._sealing)
            try:
                self._store.commit([write, row, *also(attachment.id)])
            except (AlreadyExists, Conflict, NotFound):
                draft = self._present(draft)
                if _lists(draft, question, attachment.id):
                    return draft  # a keeper that sends a lost write again was answered by its own
                kept = self.of(draft.id)
                if _again(kept, question, attachment.digest):
                    return draft
                if refused := too_much(attachment.file.size, _files(kept, question), _files(kept)):
                    return refused
            else:
                return saved
        raise Conflict(ATTACHMENTS)

    def _readable(self, document: Document) -> Attachment | None:
        try:
            return read_attachment(document, self._sealing)
        except KeyGone:
            return None

    def _present(self, draft: Draft) -> Draft:
        found = self._drafts.find(draft.id, draft.owner)
        if found is None or found.key != draft.key:
            raise NotFound(draft.id)
        return found


def listed(answers: Mapping[str, Any], question: str) -> list[dict[str, Any]]:
    """The files that the answers list for a question: {id, name, size}."""
    return list(answers.get(question) or [])


def _answered(draft: Draft, question: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    others = {name: answer for name, answer in draft.answers.items() if name != question}
    return {**others, question: files} if files else others


def _lists(draft: Draft, question: str, id: FileId) -> bool:
    return any(one["id"] == id for one in listed(draft.answers, question))


def _again(there: Sequence[Attachment], question: str, digest: str) -> bool:
    return any(one.question == question and one.digest == digest for one in there)


def _files(there: Sequence[Attachment], question: str | None = None) -> list[ReceivedFile]:
    return [one.file for one in there if question in {None, one.question}]
