"""The flows of all kinds of case."""

from collections.abc import Mapping
from typing import Final

from shared.domain.cases import CaseKind
from shared.domain.flow import Flow
from shared.domain.flows import ekonomiskt_bistand, orosanmalan, utredning

FLOWS: Final[Mapping[CaseKind, Flow]] = {
    one.kind: one for one in (orosanmalan.FLOW, utredning.FLOW, ekonomiskt_bistand.FLOW)
}


def kind_with(deadline: str) -> CaseKind:
    """The kind of case that the deadline runs in; a report of concern for what runs in no flow."""
    begun = {name: kind for kind, flow in FLOWS.items() for row in flow.rows for way in row.ways for name in way.starts}
    return begun.get(deadline, CaseKind.OROSANMALAN)
