"""The own file: what is released of it to the person it is about, who has read it, and all of it on paper."""

from functions.journal.pages import pages
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.register_blueprint(pages)
http = as_function(app)
