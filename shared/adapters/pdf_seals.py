"""Seals PDF files as PAdES B-B asks (ETSI EN 319 142-1), and tells our seals from others, with pyHanko."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from signal import SIGKILL
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, Final

from shared import log
from shared.adapters.confinement import run, worker
from shared.adapters.seal_checking_worker import READY, request, verdict
from shared.adapters.seal_identity import SealIdentity, Source
from shared.adapters.seal_reading import bears, covered, dated, may_be_whole
from shared.domain.originals import LARGEST, Checked, Verdict
from shared.ports.keys import Tampered
from shared.ports.seals import CannotSeal, SealRefusal
from shared.ports.store import Unavailable

if TYPE_CHECKING:
    from pyhanko.sign import signers

SECONDS: Final = 15.0
"""For one file, from its process's start to its end; the process itself may work for 10 of them."""
_WAIT: Final = 4.0
_AT_ONCE: Final = 1
"""Strangers' files at a time: each may take half a gigabyte, and a login page has to live beside it."""
_LONGEST_ANSWER: Final = 200
_WORKER: Final = worker("shared.adapters.seal_checking_worker")
_FIELD: Final = "Stampel"
_REASON: Final = "Beslut i original"


class PdfSeals:
    """`Seals` with one identity, read at its first use and kept; what is wrong with it is looked at anew each time."""

    def __init__(self, source: Source, *, seconds: float = SECONDS, wait: float = _WAIT) -> None:
        self._source = source
        self._seconds = seconds
        self._wait = wait
        self._room = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._identity: SealIdentity | None = None

    def refusal(self, at: datetime) -> SealRefusal | None:
        """Why nothing could be sealed at this instant, or None."""
        try:
            return self._known().refusal(at)
        except CannotSeal as error:
            return error.reason

    def certificate(self) -> bytes:
        """The certificate that seals now (DER)."""
        return self._known().der

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """The PDF with the seal as its last part, dated `at`."""
        identity = self._known()
        if reason := identity.refusal(at):
            raise CannotSeal(reason)
        try:
            with ThreadPoolExecutor(1) as apart:  # the library runs an event loop; ours may be running one already
                return apart.submit(_sealed, pdf, identity, at).result()
        except Exception as error:  # a key of a kind that can not sign, or whatever else the library finds
            log.alarm("seal.failed", error)
            raise CannotSeal(SealRefusal.UNREADABLE) from error

    def sealed_at(self, pdf: bytes) -> datetime:
        """When a PDF of our own says that it was sealed."""
        try:
            with ThreadPoolExecutor(1) as apart:  # as in `seal`
                at = apart.submit(dated, pdf).result()
        except Exception as error:  # the library says in many ways that a file is not what it should be
            raise Tampered("originals") from error
        if at is None:
            raise Tampered("originals")
        return at

    def covered(self, pdf: bytes) -> str:
        """The hash of all but the seal; "" where nothing is sealed."""
        return covered(pdf)

    def check(self, pdf: bytes, certificates: Sequence[bytes]) -> Checked:
        """What a stranger's file is, read in a process that can be lost."""
        if not pdf.startswith(b"%PDF-") or len(pdf) > LARGEST or not bears(pdf, certificates):
            return Checked(Verdict.UNKNOWN)
        if not may_be_whole(pdf):
            return Checked(Verdict.ALTERED)
        if not self._room.acquire(timeout=self._wait):
            raise Unavailable("Other files are being checked.")
        try:
            code, said = run(_WORKER, request(pdf, certificates), seconds=self._seconds, longest=_LONGEST_ANSWER)
        except OSError as error:
            log.alarm("seal.check_not_started", error)
            raise Unavailable("No process could be started.") from error
        finally:
            self._room.release()
        if not said.startswith(READY):
            log.alarm("seal.check_not_started", code=code)
            raise Unavailable("The process that checks seals does not start.")
        if code == -SIGKILL:
            log.warn("seal.check_ended", code=code)
            raise Unavailable("The check took too long, here or for this file: nothing is said of it.")
        if code != 0:
            log.warn("seal.check_ended", code=code)
            return Checked(Verdict.ALTERED)
        return verdict(said)

    def _known(self) -> SealIdentity:
        with self._lock:
            if self._identity is None:
                self._identity = self._source()
            return self._identity


def _sealed(pdf: bytes, identity: SealIdentity, at: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=_REASON,
    )

    class Dated(signers.PdfSigner):
        """Takes the product's clock instead of the machine's."""

        def init_signing_session(self, *args: Any, **more: Any) -> Any:
            session = super().init_signing_session(*args, **more)
            session.system_time = at
            return session

    made = BytesIO()
    Dated(meta, _signer(identity)).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=made)
    return made.getvalue()


def _signer(identity: SealIdentity) -> "signers.SimpleSigner":
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register_multiple(x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in identity.chain)
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(identity.der),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=chain,
    )
