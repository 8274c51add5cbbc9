"""The front door: "/" and every path that no other function claims."""

from functions.start.check_pages import pages as check
from functions.start.delivery_reports import reports
from functions.start.files import files
from functions.start.health import health
from functions.start.inbox_pages import pages as inbox
from functions.start.inbox_pages import unread
from functions.start.matter_pages import pages as matters
from functions.start.pages import pages
from functions.start.safe_channel_pages import pages as reach
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.register_blueprint(pages)
app.register_blueprint(check)
app.register_blueprint(files)
app.register_blueprint(health)
app.register_blueprint(inbox)
app.register_blueprint(matters)
app.context_processor(lambda: {"unread_letters": unread})
app.register_blueprint(reach)
app.register_blueprint(reports)
http = as_function(app)
