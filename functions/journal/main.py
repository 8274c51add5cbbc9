"""The own file: what is released of it to the person it is about, who has read it, and what the person says of it."""

from functions.journal.drafting import pages as drafting
from functions.journal.pages import pages as journal
from functions.journal.said_pages import pages as said
from functions.journal.sending import SENDING
from functions.journal.served import FILES, SERVED
from shared.app import house
from shared.ports.store import Conflict, NotFound
from shared.serving.borrowed import last_whole_day
from shared.serving.uploading import Uploading
from shared.serving.walk_pages import Walking
from shared.web import as_function, create_app, error_page

app = create_app(__package__, house)
app.add_template_filter(last_whole_day)
app.register_error_handler(Conflict, lambda _: error_page(409))
app.register_error_handler(NotFound, lambda _: error_page(404))
files = (FILES.pages(), Uploading(SERVED).pages())
for pages in (journal, said, drafting, SENDING.pages(), *files, Walking(SERVED).questions()):
    app.register_blueprint(pages)
http = as_function(app)
