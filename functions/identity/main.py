"""Login and logout with e-ID: the only function that can start a session."""

from functions.identity.login import pages as login
from functions.identity.logout import pages as logout
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
app.register_blueprint(login)
app.register_blueprint(logout)
http = as_function(app)
