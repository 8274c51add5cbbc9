"""Concern reports by professionals: the only function where a report comes in from somebody who is logged in."""

from functions.concern_reports.drafting import pages as drafting
from functions.concern_reports.receipts import pages as receipts
from functions.concern_reports.sending import SENDING
from functions.concern_reports.served import FILES, SERVED
from functions.concern_reports.start_pages import pages as start
from shared.app import house
from shared.serving.borrowed import last_whole_day
from shared.serving.uploading import Uploading
from shared.serving.walk_pages import Walking
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.add_template_filter(last_whole_day)
files = (FILES.pages(), Uploading(SERVED).pages())
for pages in (start, receipts, SENDING.pages(), *files, drafting, Walking(SERVED).questions()):
    app.register_blueprint(pages)
http = as_function(app)
