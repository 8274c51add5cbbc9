"""The flows of all kinds of case."""

from collections.abc import Mapping
from typing import Final

from shared.domain.cases import CaseKind
from shared.domain.flow import Flow
from shared.domain.flows import ekonomiskt_bistand, orosanmalan, utredning

FLOWS: Final[Mapping[CaseKind, Flow]] = {
    one.kind: one for one in (orosanmalan.FLOW, utredning.FLOW, ekonomiskt_bistand.FLOW)
}
