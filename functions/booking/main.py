"""Meetings with social services: the only function where a resident takes a time."""

from functions.booking.changing import pages as changing
from functions.booking.choosing import pages as choosing
from functions.booking.code_pages import pages as code
from functions.booking.confirming import pages as confirming
from functions.booking.own import pages as own
from functions.booking.residents import first_page, is_guest, times_page
from functions.booking.room import pages as room
from functions.booking.wishing import pages as wishing
from shared.app import house
from shared.domain.booking.invitations import InvitationOver
from shared.ports.store import Conflict, NotFound
from shared.web import as_function, create_app, error_page, see_other

app = create_app(__package__, house)
app.register_error_handler(Conflict, lambda _: error_page(409))
app.register_error_handler(NotFound, lambda _: error_page(404))
app.register_error_handler(InvitationOver, lambda _: see_other(first_page()))
app.context_processor(lambda: {"is_guest": is_guest, "times_page": times_page, "first_page": first_page})
for pages in (choosing, code, own, room, wishing, confirming, changing):
    app.register_blueprint(pages)
http = as_function(app)
