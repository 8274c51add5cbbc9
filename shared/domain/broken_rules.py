"""Rules that can be broken, each with a stable code.

    BrokenRule
    ├── NotAllowed             the principal may not do this
    ├── AlreadyDone            somebody has done it already: nothing is overwritten
    ├── AssessmentMissing      a decision needs a protection assessment first (SoL 20:1)
    ├── ProtectionFirst        a letter home waits until the protection assessment says that contact is safe (SoL 20:1)
    ├── OriginalMissing        a decision is sent as its sealed original, and that is not made yet
    ├── LeadNeeded             not opening in spite of suspected violence needs the lead
    ├── NotOpen                the case has no such step left
    ├── LastAdministrator      somebody must be able to let people in
    ├── OwnAccess              nobody changes the own roles
    ├── UnitInUse              people or cases are left at a unit (unit_closing)
    ├── UnitClosed             nobody works at a closed unit (unit_closing)
    └── Incomplete             a field that the rule demands is empty

What a person reads is decided in one table in the web room; messages here are for developers.
"""


class BrokenRule(Exception):
    """A rule of the domain would be broken; nothing was changed."""

    code = "broken_rule"


class NotAllowed(BrokenRule):
    """The principal may not do this."""

    code = "not_allowed"


class AlreadyDone(BrokenRule):
    """Somebody has done this already."""

    code = "already_done"


class AssessmentMissing(BrokenRule):
    """The protection assessment has not been made."""

    code = "assessment_missing"


class ProtectionFirst(BrokenRule):
    """No letter goes home before the protection assessment says that the guardians may be contacted."""

    code = "protection_first"


class OriginalMissing(BrokenRule):
    """The decision's sealed original is not made yet."""

    code = "original_missing"


class LeadNeeded(BrokenRule):
    """Only a team lead may do this, with a written reason."""

    code = "lead_needed"


class NotOpen(BrokenRule):
    """The case is past this step."""

    code = "not_open"


class LastAdministrator(BrokenRule):
    """Without this person nobody could look after the directory."""

    code = "last_administrator"


class OwnAccess(BrokenRule):
    """Nobody changes the own roles, unit or days: a colleague does it."""

    code = "own_access"


class Incomplete(BrokenRule):
    """Fields that the rule demands are empty; `fields` names them."""

    code = "incomplete"

    def __init__(self, *fields: str) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
