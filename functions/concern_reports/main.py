"""Concern reports by professionals: the only function where a report comes in from somebody who is logged in."""

from functions.concern_reports.attaching import pages as attaching
from functions.concern_reports.drafting import pages as drafting
from functions.concern_reports.own_drafts import last_whole_day
from functions.concern_reports.receipts import pages as receipts
from functions.concern_reports.sending import pages as sending
from functions.concern_reports.start_pages import pages as start
from functions.concern_reports.uploading import pages as uploading
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.add_template_filter(last_whole_day)
for pages in (start, receipts, sending, attaching, uploading, drafting):
    app.register_blueprint(pages)
http = as_function(app)
