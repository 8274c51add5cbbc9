"""Administration: units, staff and organisations, for administrators only; it opens no case."""

from functions.administration.access import administrators_only
from functions.administration.change_pages import pages as changes
from functions.administration.day_pages import pages as days
from functions.administration.law_pages import pages as law
from functions.administration.organisation_pages import pages as organisations
from functions.administration.people_pages import pages as people
from functions.administration.refusal_pages import install as install_refusals
from functions.administration.unit_pages import pages as units
from shared.app import house
from shared.web import as_function, create_app

app = create_app(__package__, house)
for pages in (people, days, units, organisations, law, changes):
    pages.before_request(administrators_only)
    app.register_blueprint(pages)
install_refusals(app)
http = as_function(app)
