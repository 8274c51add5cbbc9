"""The front door: "/" and every path that no other function claims."""

from functions.start.files import files
from functions.start.health import health
from functions.start.pages import pages
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.register_blueprint(pages)
app.register_blueprint(files)
app.register_blueprint(health)
http = as_function(app)
