"""Appeals: where the party of a decision appeals it, adds to the appeal, and reads the receipt."""

from functions.appeals.drafting import pages as drafting
from functions.appeals.own_drafts import added_to, phone_of_its_unit
from functions.appeals.receipts import pages as receipts
from functions.appeals.sending import SENDING
from functions.appeals.served import FILES, SERVED
from functions.appeals.start_pages import pages as start
from functions.appeals.withdrawing import pages as withdrawing
from shared.app import house
from shared.ports.store import Conflict, NotFound
from shared.serving.borrowed import last_whole_day
from shared.serving.uploading import Uploading
from shared.serving.walk_pages import Walking
from shared.web import as_function, create_app, error_page

app = create_app(__package__, house)
app.add_template_filter(last_whole_day)
app.add_template_filter(phone_of_its_unit)
app.add_template_filter(added_to)
app.register_error_handler(Conflict, lambda _: error_page(409))
app.register_error_handler(NotFound, lambda _: error_page(404))
for pages in (
    start,
    receipts,
    withdrawing,
    drafting,
    SENDING.pages(),
    FILES.pages(),
    Uploading(SERVED).pages(),
    Walking(SERVED).questions(),
):
    app.register_blueprint(pages)
http = as_function(app)
