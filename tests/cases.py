"""Cases at each step, made by the product's own decisions."""

from datetime import datetime, timedelta

from shared.domain import allocation, intake, preliminary, protection
from shared.domain.assessments import Answer, Need, ProtectionForm
from shared.domain.cases import Case, CasePerson
from shared.domain.change import Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import AktId, ItemId, KeyId, PersonIndex
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.places import Place
from shared.domain.principals import Principal
from tests.people import ANNA, ELSA, MONDAY, UNIT, Ids

PROTECTION = ProtectionForm(
    sources_checked=("report",),
    need=Need.NO,
    reasons="Barnet är i skolan och hämtas av en moster.",
    safe_tonight=Answer.YES,
    guardians_may_be_contacted=Answer.YES,
)


def preliminary_form(outcome: Outcome | None = Outcome.NOT_OPEN, **changes: object) -> PreliminaryForm:
    """A complete form with this outcome; `changes` replace fields."""
    stated: dict[str, object] = {
        "outcome": outcome,
        "motivation": "Familjen har redan det stöd som behövs.",
        "child_heard": Answer.YES,
        "child_view": "Jag vill bo kvar.",
        "best_interests": "Att stödet hemma får fortsätta.",
        **changes,
    }
    return PreliminaryForm(**stated)  # type: ignore[arg-type]


def filed(*, acute: bool = False, violence: Answer = Answer.NO, feedback: bool = True) -> intake.Filed:
    """What a school's report says."""
    return intake.Filed(
        child=CasePerson(name="Nova Exempel", number="198804202383"),
        source="school_preschool",
        snapshot={"form": "concern_report_professional", "story": "Nova är hungrig varje morgon."},
        contact={"child_phone": "070-174 06 05"},
        acute=acute,
        violence=violence,
        feedback_requested=feedback,
    )


def received(
    what: intake.Filed | None = None,
    *,
    now: datetime = MONDAY,
    ids: Ids | None = None,
    by: Principal = ELSA,
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """A report that has just come in about a child who is not known before."""
    place = Place(UNIT, AktId("f" * 32), KeyId("case-key"), PersonIndex("a" * 32), KeyId("person-key"))
    return intake.receive(what or filed(), place, report=ItemId("r" * 32), by=by, now=now, fresh=ids or Ids(), law=law)


def clock(change: Change, name: str) -> Deadline:
    """The deadline of that name in a change."""
    return next(item for item in change.items if isinstance(item, Deadline) and item.name == name)


def taken(change: Change, by: Principal = ANNA) -> Case:
    """The case of a change, with a caseworker."""
    return allocation.take(change.case, by=by, now=change.at, fresh=Ids()).case


def assessed(change: Change, form: ProtectionForm = PROTECTION, by: Principal = ANNA) -> Case:
    """The case of a received report, taken and with its protection assessment made an hour later."""
    return protected(taken(change, by), change, form, by).case


def protected(case: Case, received: Change, form: ProtectionForm = PROTECTION, by: Principal = ANNA) -> Change:
    """The protection assessment of a case, an hour after it was received."""
    return protection.assess(
        case,
        (clock(received, "skyddsbedomning"),),
        form,
        id=ItemId("a" * 32),
        by=by,
        now=received.at + timedelta(hours=1),
        fresh=Ids(),
    )


def decided(
    change: Change,
    form: PreliminaryForm,
    *,
    by: Principal = ANNA,
    need: Need = Need.NO,
    into: Case | None = None,
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The decision on a received report, a day after it came in."""
    return preliminary.decide(
        assessed(change, by=by),
        (clock(change, "forhandsbedomning"),),
        form,
        need=need,
        title="socialsekreterare",
        id=ItemId("d" * 32),
        by=by,
        now=change.at + timedelta(days=1),
        fresh=Ids(),
        into=into,
        law=law,
    )
