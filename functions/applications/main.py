"""Applications: the only function where something comes in that a resident applies for."""

from functions.applications.drafting import pages as drafting
from functions.applications.receipts import pages as receipts
from functions.applications.sending import SENDING
from functions.applications.served import FILES, SERVED
from functions.applications.start_pages import pages as start
from functions.applications.supplement_pages import pages as supplement
from functions.applications.supplying import ITEMS
from functions.applications.supplying import SERVED as SUPPLYING
from shared.app import house
from shared.ports.store import Conflict, NotFound
from shared.serving.borrowed import last_whole_day
from shared.serving.uploading import Uploading
from shared.serving.walk_pages import Walking
from shared.web import as_function, create_app, error_page

app = create_app(__package__, house)
app.add_template_filter(last_whole_day)
walking = Walking(SERVED)
app.register_error_handler(Conflict, lambda _: error_page(409))
app.register_error_handler(NotFound, lambda _: error_page(404))
files = (FILES.pages(), Uploading(SERVED).pages())
supplies = (supplement, ITEMS.pages(), Uploading(SUPPLYING).pages())
for pages in (start, receipts, drafting, SENDING.pages(), *files, walking.parts(), walking.questions(), *supplies):
    app.register_blueprint(pages)
http = as_function(app)
