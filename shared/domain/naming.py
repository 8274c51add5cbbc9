"""Who is named in what is sent: the name of whoever decided may be left out when threats are feared (FL 33 §).

Our reading of FL 33 § as changed by SFS 2025:582 is second-hand: compare it with the statute before you rely on it. The
authority's own record says who decided all the same (FL 31 §), and the unit can be reached (FL 6, 7 §§).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from shared.domain.decisions import Decision, DecisionKind
from shared.domain.ids import StaffId
from shared.domain.letters import LetterKind


class Naming(StrEnum):
    """How whoever stands behind a letter or a decision is told in it."""

    NAMED = "named"
    LEFT_OUT = "left_out"
    """Of a decision whose maker is not named (FL 33 §)."""
    UNSIGNED = "unsigned"
    """Of something else, by somebody who is not named in a decision of the same case."""


_WORDS: Final[Mapping[Naming, str]] = {
    Naming.LEFT_OUT: "Namnet är utelämnat (33\N{NO-BREAK SPACE}§ förvaltningslagen (2017:900)).",
    Naming.UNSIGNED: "Namnet är utelämnat.",
}
"""Swedish, as decisions and letters are."""


TELLS_OF: Final[Mapping[LetterKind, frozenset[DecisionKind]]] = {
    LetterKind.DECISION: frozenset(DecisionKind),
    LetterKind.INVESTIGATION_OPENED: frozenset({DecisionKind.INVESTIGATION_OPENED}),
    LetterKind.INVESTIGATION_EXTENDED: frozenset({DecisionKind.INVESTIGATION_EXTENDED}),
    LetterKind.INVESTIGATION_ENDED: frozenset(
        {DecisionKind.INVESTIGATION_ENDED, DecisionKind.INVESTIGATION_ENDED_WITH_MEASURE}
    ),
    LetterKind.FOLLOW_UP_STARTED: frozenset({DecisionKind.FOLLOW_UP_STARTED}),
    LetterKind.FOLLOW_UP_ENDED: frozenset({DecisionKind.FOLLOW_UP_ENDED}),
}
"""The decisions that a letter of the kind tells of."""


def in_decision(decision: Decision) -> Naming:
    """Whether the decision's original names who decided."""
    return Naming.NAMED if decision.named else Naming.LEFT_OUT


def in_letter(kind: LetterKind, decisions: Collection[Decision | None], by: StaffId) -> Naming:
    """Whether a letter names `by`, who sends it.

    `decisions` are those of the case, and of the reports that it took over; None is one that cannot be read, and names
    nobody. A letter that tells of a decision without a name has none, whoever sends it; in other letters those are not
    named who are not named in a decision.
    """
    unnamed = [one for one in decisions if one is not None and not one.named]
    if any(_tells_of(kind, one) for one in unnamed):
        return Naming.LEFT_OUT
    unsigned = None in decisions or any(one.by == by for one in unnamed)
    return Naming.UNSIGNED if unsigned else Naming.NAMED


def instead(naming: Naming, title: str, unit: str) -> tuple[str, ...]:
    """The lines that stand instead of the name: "Socialsekreterare på Mottagningen" and why; none when named."""
    if naming is Naming.NAMED:
        return ()
    return f"{title[:1].upper()}{title[1:]} på {unit}", _WORDS[naming]


def _tells_of(kind: LetterKind, decision: Decision) -> bool:
    return decision.kind in TELLS_OF.get(kind, ())
