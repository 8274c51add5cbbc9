"""What Firestore's emulator can do and the real one can not: forget a whole database at once."""

from http.client import HTTPConnection, HTTPException
from typing import Final

from shared.adapters.cannot_open import NotWritable
from shared.adapters.firestore_links import FirestoreDatabase

_PATIENCE_S: Final = 10.0
_DONE: Final = 200


def empty_emulated(database: FirestoreDatabase) -> None:
    """Remove every document; `NotWritable` when the emulator does not do it, or `database` is a real one."""
    wire = HTTPConnection(database.emulator or "localhost:0", timeout=_PATIENCE_S)
    try:
        wire.request("DELETE", f"/emulator/v1/{database.path}/documents")
        status = wire.getresponse().status
    except (OSError, HTTPException) as error:
        raise NotWritable("Firestore's emulator did not answer.") from error
    finally:
        wire.close()
    if status != _DONE:
        raise NotWritable("Firestore's emulator did not forget its documents.")
