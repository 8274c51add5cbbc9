"""Who may do what with a case: default deny, decided purely from the principal and the case."""

from datetime import date

from shared.domain.applications import Application
from shared.domain.cases import Case
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES, Kind, Principal, Role
from shared.domain.reports import Report

OWN_PARTY = 15
"""Years from which somebody is a party of their own."""
POSTS_LETTERS = frozenset({Role.INTAKE_CASEWORKER, Role.TEAM_LEAD})


def may_work_in_unit(principal: Principal, unit: str) -> bool:
    """Whether the principal is staff of the unit with a role that handles reports."""
    return principal.kind is Kind.STAFF and principal.unit == unit and bool(principal.roles & CASE_ROLES)


def may_open(principal: Principal, case: Case) -> bool:
    """Whether the principal may open the case at all."""
    return may_work_in_unit(principal, case.unit)


def may_have(colleague: Staff, case: Case) -> bool:
    """Whether the colleague may be the case's caseworker: of its unit, with a role that handles reports."""
    return colleague.unit == case.unit and bool(colleague.roles & CASE_ROLES)


def is_caseworker(principal: Principal, case: Case) -> bool:
    """Whether the principal is the case's own caseworker, and still works in its unit."""
    return may_open(principal, case) and principal.staff is not None and principal.staff == case.assignee


def may_document(principal: Principal, case: Case) -> bool:
    """Whether the principal writes in the case's journal: its own caseworker, or a lead of the unit."""
    return is_caseworker(principal, case) or may_assign(principal, case)


def may_see_contact(principal: Principal, case: Case) -> bool:
    """Contact details as reported are for the assigned caseworker alone: no register vouches for them."""
    return is_caseworker(principal, case)


def may_ask_register(principal: Principal, case: Case) -> bool:
    """The population register is asked for the assigned caseworker alone: nobody else needs it (2001:454 6, 7 §§)."""
    return is_caseworker(principal, case)


def may_assign(principal: Principal, case: Case) -> bool:
    """Whether the principal may give the case to somebody else."""
    return may_open(principal, case) and principal.has(Role.TEAM_LEAD)


def may_decide(principal: Principal, case: Case) -> bool:
    """Whether the principal decides in the case: its own caseworker, or a lead of its unit."""
    return is_caseworker(principal, case) or may_assign(principal, case)


def may_administer(principal: Principal) -> bool:
    """Whether the principal looks after the directory of people; it opens no case (2001:454 10 §)."""
    return principal.kind is Kind.STAFF and principal.has(Role.ADMINISTRATOR)


def may_read_own_report(principal: Principal, report: Report) -> bool:
    """A reporter knows the own report by number and day, whoever the employer is now."""
    return principal.kind is Kind.REPORTER and principal.person is not None and principal.person == report.reporter


def may_read_what_was_filed(principal: Principal, report: Report) -> bool:
    """What was filed, and the feedback, belong to the employment that obliged to report (SoL 19:1, 19:6)."""
    return may_read_own_report(principal, report) and principal.organisation == report.organisation


def has_filed(principal: Principal, report: Report | None, case: Case) -> bool:
    """Whether the case's report is there to be seen, and is the reporter's own."""
    return report is not None and report.id == case.report and may_read_what_was_filed(principal, report)


def may_ask_for_feedback(principal: Principal, report: Report) -> bool:
    """Whether the own report may still be asked about: a profession of SoL 19:1-19:3, and nothing asked yet."""
    return may_read_what_was_filed(principal, report) and report.mandated and not report.feedback_requested


def may_read_own_application(principal: Principal, application: Application) -> bool:
    """An application and its receipt are the applicant's own, in a private login."""
    return may_have_letters(principal) and principal.person == application.applicant


def may_follow(principal: Principal, case: Case) -> bool:
    """Whether the case is the principal's own application, in a private login."""
    return may_have_letters(principal) and principal.person == case.applicant


def may_post(principal: Principal, unit: str) -> bool:
    """Whether the principal prints and posts the unit's letters."""
    return may_work_in_unit(principal, unit) and bool(principal.roles & POSTS_LETTERS)


def may_have_letters(principal: Principal) -> bool:
    """A private login reads own letters. One for work does not, as staff or for a school: it stays open at a desk, and
    the employer may run the service that proves who somebody is.
    """
    return principal.person is not None and principal.kind is Kind.RESIDENT


def may_read_own_file(principal: Principal, born: date | None, on: date) -> bool:
    """A private login reads what is released of the own file, from the day of being 15 (SoL 3:4, 21:1: an own party).

    Nobody reads it for a child: a guardian is referred to a person. Unknown age is too young.
    """
    if principal.kind is not Kind.RESIDENT or principal.person is None or born is None:
        return False
    return (on.year - OWN_PARTY, on.month, on.day) >= (born.year, born.month, born.day)


def may_mend_messages(principal: Principal, unit: str) -> bool:
    """Whether the principal sees to the unit's messages that did not arrive: its lead."""
    return may_work_in_unit(principal, unit) and principal.has(Role.TEAM_LEAD)
