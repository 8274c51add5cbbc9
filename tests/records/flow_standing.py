"""How one case must stand after any acts, as the model of the flow tells it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from shared.domain.assessments import Need
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.change import Action
from shared.domain.decisions import Outcome
from shared.domain.investigation_decisions import InvestigationOutcome

APPEALED: Final = ("rattidsprovning", "omprovning", "overlamnande")
"""The steps in which an appeal is dealt with."""
RUN_IN: Final = {
    "skyddsbedomning": {"skyddsbedomning", "forhandsbedomning"},
    "forhandsbedomning": {"forhandsbedomning"},
    "utredning": {"utredning"},
    "uppfoljning": {"uppfoljning"},
    "handlaggning": {"bistand_beslut", "bistand_sex_manader"},
    **{step: {"overklagande"} for step in APPEALED},
    "avslutat": set(),
}
"""The deadlines that run in each step but the last one, where it depends on the decision."""


@dataclass
class Standing:
    """One case as it must be. `due` are the deadlines that ever ran, `ended` when they stopped."""

    kind: str
    unit: str
    akt: str
    step: str
    due: dict[str, datetime]
    trail: list[Action]
    assignee: str | None = None
    violence: bool = False
    asked: bool = False
    late: bool = False
    """Whether the reporter asked after the decision."""
    listed: bool = True
    reporter: str = ""
    urgent: bool = False
    applicant: str = ""
    """Who applied, by the short name; empty in every other kind of case."""
    decided: date | None = None
    """The Swedish date of the decision about it."""
    written_off: bool = False
    """Whether the application was taken back."""
    appealed: date | None = None
    """The Swedish date on which the decision was appealed."""
    appeal: str = ""
    """Where the appeal is: `here`, `court`, `added` to at the court, `withdrawn` or `dismissed`."""
    of_dismissal: bool = False
    """Whether it is the dismissal of an appeal that is appealed."""
    asking: bool = False
    """Whether a supplement is open."""
    need: Need | None = None
    outcome: Outcome | AssistanceOutcome | InvestigationOutcome | None = None
    continues_in: str | None = None
    moved: list[datetime] = field(default_factory=list)
    """When the investigation's time would have been out, before each time it was given more."""
    ended: dict[str, datetime] = field(default_factory=dict)
    withheld: bool | None = None
    """None until feedback was released."""

    @property
    def wanted(self) -> set[str]:
        """The deadlines that run in its step."""
        if self.step == "aterkoppling":
            return {"aterkoppling_genast" if self.late or self.outcome is Outcome.ONGOING else "aterkoppling"}
        more = {"komplettering"} if self.asking else set()
        if self.step == "forsta_genomgang":
            return RUN_IN["handlaggning"] | {"bistand_genast" if self.urgent else "bistand_genomgang"} | more
        return RUN_IN[self.step] | more

    @property
    def running(self) -> set[str]:
        return set(self.due) - set(self.ended)
