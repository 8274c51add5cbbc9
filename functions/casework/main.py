"""Casework: the queue, the case and the decisions, for staff only."""

from functions.casework.access import staff_only
from functions.casework.allocation_pages import pages as allocation
from functions.casework.appeal_pages import pages as appeal
from functions.casework.appeal_signing import PAGES as APPEAL_SIGNING
from functions.casework.application_decision_pages import pages as application_decision
from functions.casework.application_pages import pages as application
from functions.casework.attachment_pages import pages as attachments
from functions.casework.block_pages import pages as blocks
from functions.casework.broken_rule_pages import install as install_broken_rules
from functions.casework.calendar_pages import feeds
from functions.casework.calendar_pages import pages as calendar
from functions.casework.case_pages import pages as cases
from functions.casework.decision_pages import pages as decisions
from functions.casework.family_pages import pages as family
from functions.casework.feedback_pages import pages as feedback
from functions.casework.feedback_request_pages import pages as feedback_requests
from functions.casework.investigation_pages import ending, extension, follow_up_ending
from functions.casework.invitation_pages import pages as invitations
from functions.casework.journal_pages import pages as journal
from functions.casework.letter_pages import pages as letters
from functions.casework.meeting_list_pages import pages as meetings
from functions.casework.meeting_pages import pages as meeting
from functions.casework.message_pages import pages as messages
from functions.casework.notice_pages import pages as notices
from functions.casework.objection_pages import pages as objections
from functions.casework.original_pages import pages as originals
from functions.casework.post_pages import pages as post
from functions.casework.protection_pages import pages as protection
from functions.casework.queue_pages import pages as queue
from functions.casework.review_pages import pages as review
from functions.casework.room_pages import pages as room
from functions.casework.supplement_pages import pages as supplements
from functions.casework.withdrawal_pages import pages as withdrawal
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
for pages in (
    queue, cases, application, application_decision, withdrawal, supplements, attachments, family, allocation,
    protection, decisions, feedback, feedback_requests, extension, ending, follow_up_ending, appeal, *APPEAL_SIGNING,
    originals, letters, post, notices, messages, journal, review, objections, meetings, meeting, blocks,
    invitations, room, calendar,
):  # fmt: skip
    pages.before_request(staff_only)
    app.register_blueprint(pages)
app.register_blueprint(feeds)
install_broken_rules(app)
http = as_function(app)
