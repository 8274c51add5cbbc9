"""Reads what strace saw of a writing process: whether each commit was on the disk when acknowledged."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"^\d+ +(?P<call>.*)$")
_ACK = re.compile(r'^write\(1[^"]*"ack (?P<id>[\w-]+)\\n"')
_TO_LOG = re.compile(r"^pwrite64\(\d+<[^>]*-wal>")
_FLUSH = re.compile(r"^(fdatasync|fsync)\(\d+<[^>]*-wal>")
_RESUMED = re.compile(r"^<\.\.\. (fdatasync|fsync) resumed>.*= 0$")
_ID = re.compile(r"case-\d-\d{6}")


@dataclass
class Order:
    """The moments (line numbers) of a trace."""

    written: dict[str, int] = field(default_factory=dict)
    """When the write-ahead log was first given the id."""
    flushed: list[tuple[int, int]] = field(default_factory=list)
    """From when to when a flush of the log was under way."""
    acknowledged: dict[str, int] = field(default_factory=dict)

    def early(self) -> list[str]:
        """The ids that were acknowledged before a flush that began after they were written had ended."""
        return [id for id, moment in self.acknowledged.items() if not self._covered(id, moment)]

    def _covered(self, id: str, moment: int) -> bool:
        written = self.written[id]
        return any(written < begun and ended < moment for begun, ended in self.flushed)


def order_of(trace: str) -> Order:
    """The moments in the output of `strace -f -y -s 5000 -e trace=write,pwrite64,fdatasync,fsync`."""
    order = Order()
    begun: int | None = None
    for moment, line in enumerate(trace.splitlines()):
        found = _LINE.match(line)
        call = found["call"] if found else ""
        if ack := _ACK.match(call):
            order.acknowledged[ack["id"]] = moment
        elif _TO_LOG.match(call):
            for id in _ID.findall(call):
                order.written.setdefault(id, moment)
        elif _FLUSH.match(call):
            begun = moment
            if call.endswith("= 0"):
                order.flushed.append((moment, moment))
        elif _RESUMED.match(call) and begun is not None:
            order.flushed.append((begun, moment))
            begun = None
    return order
