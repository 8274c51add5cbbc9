"""Meetings with social services: the only function where a resident takes a time."""

from functions.booking.changing import pages as changing
from functions.booking.choosing import pages as choosing
from functions.booking.confirming import pages as confirming
from functions.booking.own import pages as own
from functions.booking.wishing import pages as wishing
from shared.app import house
from shared.ports.store import Conflict, NotFound
from shared.web import as_function, create_app, error_page

app = create_app(__package__, house)
app.register_error_handler(Conflict, lambda _: error_page(409))
app.register_error_handler(NotFound, lambda _: error_page(404))
for pages in (choosing, own, wishing, confirming, changing):
    app.register_blueprint(pages)
http = as_function(app)
