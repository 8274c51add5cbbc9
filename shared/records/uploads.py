"""Files that come in parts, so that a broken line costs one part and no more.

An upload's id is made of its draft and what was announced: announcing the same file again finds what has come.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Final

from shared.domain.ids import FileId, KeyId, UploadId
from shared.domain.queries import UPLOADS_EXPIRED, UPLOADS_OF_DRAFT
from shared.domain.received_files import Refusal, too_much
from shared.domain.retention import Retention
from shared.domain.uploads import LIFE, MOST, MOST_PARTS, Announced, PartProblem, Upload, part_id, parts_of
from shared.ports.files import Files
from shared.ports.keys import KeyGone, Tampered
from shared.ports.store import AlreadyExists, Conflict, Delete, Document, NotFound, Write
from shared.records.attachments import Attachments
from shared.records.drafts import Draft
from shared.records.upload_rows import UPLOADS, read_upload, upload_row
from shared.records.vault import Vault

UPLOAD: Final = "upload:"
"""What the owner of an upload's key begins with; the upload's id follows."""
_TRIES: Final = 6


class Uploads:
    """Keeps parts until they are a file; the caller sees to it that the draft is the principal's own."""

    def __init__(self, vault: Vault, files: Files, attachments: Attachments) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._files = files
        self._attachments = attachments

    def begin(self, draft: Draft, question: str, file: Announced) -> Upload | Refusal | None:
        """The upload, new or as far as it has come; None when the draft has this very file already."""
        there = self._attachments.of(draft.id)
        if any(one.question == question and one.digest == file.digest for one in there):
            return None
        kept = [one.file for one in there]
        asked = [one.file for one in there if one.question == question]
        if refused := too_much(file.size, asked, kept):
            return refused
        id = UploadId(self._cipher.index("upload", f"{draft.id}:{question}:{file.size}:{file.digest}"))
        return self._find(draft, id) or self._begun(draft, id, question, file)

    def keep(self, draft: Draft, id: UploadId, number: int, content: bytes, digest: str) -> Upload | PartProblem:
        """The upload with one more part, durable on return; the same part again changes nothing.

        `Unavailable` when it can not be kept now.
        """
        for _ in range(_TRIES):
            upload = self._find(draft, id)
            if upload is None:
                return PartProblem.UNKNOWN
            if problem := upload.wrong(number, content, digest):
                return problem
            if number in upload.had:
                return upload
            self._write(upload, number, content)
            grown = replace(upload, had={**upload.had, number: digest})
            try:
                self._store.commit([upload_row(grown).write(self._sealing)])
            except (Conflict, NotFound):
                continue  # another part came at the same time
            return replace(grown, rev=upload.rev + 1)
        raise Conflict(UPLOADS)

    def finish(self, draft: Draft, id: UploadId) -> Draft | Refusal | PartProblem:
        """The draft with the file, or why it is not received; then nothing of it is kept.

        With parts `MISSING` the upload goes on. Raises what `Attachments.add` raises; the parts stay then.
        """
        upload = self._find(draft, id)
        if upload is None:
            return PartProblem.UNKNOWN
        if not upload.whole:
            return PartProblem.MISSING
        try:
            content = b"".join(self._content(upload))
        except (KeyGone, NotFound, Tampered):
            content = b""
        if sha256(content).hexdigest() != upload.file.digest:
            self._drop(upload.id, upload.key, upload.parts)
            return PartProblem.CHECKSUM
        kept = self._attachments.add(draft, upload.question, upload.file.name, content, lambda _: [_gone(upload.id)])
        self._drop(upload.id, upload.key, upload.parts)
        return kept

    def forget(self, draft: str) -> None:
        """Let go of what was on its way to a draft that is gone."""
        for document in self._store.query(UPLOADS_OF_DRAFT, {"draft": draft}, limit=UPLOADS_OF_DRAFT.page).documents:
            self._drop(UploadId(document.id), _key(document), _parts(document))

    def sweep(self) -> int:
        """Let go of what was begun more than a day ago; how much it was."""
        page = self._store.query(UPLOADS_EXPIRED, {}, limit=UPLOADS_EXPIRED.page, stop=self._clock.now())
        for document in page.documents:
            self._drop(UploadId(document.id), _key(document), _parts(document))
        return len(page.documents)

    def keys_of(self, owner: str) -> set[str]:
        """The keys of the owner that an upload needs."""
        document = self._store.get(UPLOADS, owner.removeprefix(UPLOAD))
        return set() if document is None else {_key(document)}

    def let_go(self, owner: str) -> None:
        """Let go of all parts that lie under keys of the owner."""
        self._delete_parts(UploadId(owner.removeprefix(UPLOAD)), MOST_PARTS)

    def _find(self, draft: Draft, id: UploadId) -> Upload | None:
        document = self._store.get(UPLOADS, id)
        if document is None or document.fields["draft"] != draft.id:
            return None
        try:
            upload = read_upload(document, self._sealing)
        except KeyGone:
            return None
        return upload if upload.expires_at > self._clock.now() else None

    def _begun(self, draft: Draft, id: UploadId, question: str, file: Announced) -> Upload:
        self._make_room(draft, id)
        key = self._ring.create(f"{UPLOAD}{id}", Retention.DRAFTS)
        upload = Upload(id, 0, draft.id, key, question, file, self._clock.now() + LIFE)
        try:
            self._store.commit([upload_row(upload).write(self._sealing)])
        except AlreadyExists:
            there = self._find(draft, id)
            if there is None:
                raise Conflict(UPLOADS) from None
            if there.key != key:
                self._ring.erase(key)  # another page announced the same file at the same time
            return there
        return replace(upload, rev=1)

    def _make_room(self, draft: Draft, id: UploadId) -> None:
        """Let go of what the id's place still holds, and of the uploads that would go first when there are many."""
        page = self._store.query(UPLOADS_OF_DRAFT, {"draft": draft.id}, limit=UPLOADS_OF_DRAFT.page)
        surplus = len(page.documents) - (MOST - 1)
        for place, document in enumerate(page.documents):
            if place < surplus or document.id == id:
                self._drop(UploadId(document.id), _key(document), _parts(document))

    def _write(self, upload: Upload, number: int, content: bytes) -> None:
        place = part_id(upload.id, number)
        try:
            self._files.write(place, upload.key, [content])
        except AlreadyExists:
            if self._part(upload, place) != content:
                self._files.delete(place)  # left by an earlier upload with the same id
                self._files.write(place, upload.key, [content])

    def _part(self, upload: Upload, place: FileId) -> bytes | None:
        try:
            return b"".join(self._files.read(place, upload.key))
        except (KeyGone, NotFound, Tampered):
            return None

    def _content(self, upload: Upload) -> Iterator[bytes]:
        for number in range(upload.parts):
            yield from self._files.read(part_id(upload.id, number), upload.key)

    def _drop(self, id: UploadId, key: KeyId, parts: int) -> None:
        """Row, parts and key, in this order; a crash in between leaves what the walk through the keys finds."""
        self._store.commit([_gone(id)])
        self._delete_parts(id, parts)
        self._ring.erase(key)

    def _delete_parts(self, id: UploadId, parts: int) -> None:
        for number in range(parts):
            self._files.delete(part_id(id, number))


def _gone(id: UploadId) -> Write:
    return Delete(UPLOADS, id)


def _parts(document: Document) -> int:
    return parts_of(int(str(document.fields["size"])))


def _key(document: Document) -> KeyId:
    return KeyId(str(document.fields["key"]))
