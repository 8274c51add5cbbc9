"""Residents who want to be told: an address stated and proved, the code read where it was sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.domain.ids import PersonIndex
from shared.domain.messages import Channel
from shared.domain.principals import Kind, Principal
from shared.domain.queries import SAFE_CHANNEL_TRAIL
from shared.domain.safe_channels import Answered, Asked, Standing, channel_id
from shared.ports.store import Store
from shared.records.safe_channel_rows import COLLECTION
from shared.records.safe_channels import SafeChannels
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.records.outgoing_post import Post

ME: Final = Principal(Kind.RESIDENT, person=PersonIndex("f" * 32), name="Tolvan Exempel", assurance=3)
YOU: Final = replace(ME, person=PersonIndex("a" * 32), name="Astrid Exempel")
MINE: Final = {Channel.EMAIL: "nova@example.com", Channel.SMS: "+46701740605"}
EMAIL, SMS = Channel.EMAIL, Channel.SMS
_CODE: Final = re.compile(r"[0-9]{6}")


@contextmanager
def _memory(_: Path) -> Iterator[Store]:
    yield MemoryStore()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Store]:
    store = SqliteStore(folder / "store.db")
    yield store
    store.close()


KEEPERS: Final = {"memory": _memory, "sqlite": _sqlite}


@contextmanager
def keeper(name: str, folder: Path) -> Iterator[FaultyStore]:
    """A store of that kind that fails when told."""
    with KEEPERS[name](folder) as kept:
        yield FaultyStore(kept)


def trail(post: Post, channel: Channel = EMAIL) -> list[str]:
    """The acts on the channel, whose chain is whole."""
    id = channel_id(PersonIndex(str(ME.person)), channel)
    entries = post.house.store.query(SAFE_CHANNEL_TRAIL, {"channel": id}, limit=100).documents
    assert verify(entries, str(post.document(COLLECTION, id).fields["head"]))
    return [str(one.fields["action"]).partition(":")[2] for one in entries]


def standing(post: Post, channel: Channel = EMAIL) -> Standing:
    return post.house.safe_channels.own(ME)[channel].standing


def answer(post: Post, said: str, channel: Channel = EMAIL) -> Answered:
    return post.house.safe_channels.answer(ME, channel, said)


def with_codes(post: Post) -> Post:
    """The installation with codes that are never the same twice, so that no test is right by chance."""
    house, numbers = post.house, count(111_111, 1_111)
    house.__dict__["safe_channels"] = SafeChannels(
        house._vault, house._outbox, house._codes, house._disclosures, new_code=lambda: f"{next(numbers):06d}"
    )
    return post


def ask(post: Post, channel: Channel = Channel.EMAIL, who: Principal = ME, address: str = "") -> Asked:
    """State an address; its code has been sent when this returns."""
    said = post.house.safe_channels.ask(who, channel, address or MINE[channel], "sv")
    post.ring()
    return said


def code(post: Post, channel: Channel = Channel.EMAIL) -> str:
    """The newest code that was sent by that way."""
    way = post.email if channel is Channel.EMAIL else post.sms
    found = _CODE.findall(way.taken[-1].text)
    assert len(found) == 1
    return str(found[0])


def wrong(post: Post, channel: Channel = Channel.EMAIL, by: int = 1) -> str:
    """A code that was not sent."""
    return f"{(int(code(post, channel)) + by) % 1_000_000:06d}"


def prove(post: Post, channel: Channel = Channel.EMAIL, who: Principal = ME, address: str = "") -> None:
    """State an address and type its code; what was sent on the way is forgotten."""
    assert ask(post, channel, who, address) is Asked.SENT
    assert post.house.safe_channels.answer(who, channel, code(post, channel)) is Answered.RIGHT
    post.email.taken.clear()
    post.sms.taken.clear()
