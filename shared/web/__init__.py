"""The web kit: what every page of every function has in common.

How a function uses it (functions/<name>/main.py):

    from shared.app import house
    from shared.domain.principals import Kind
    from shared.web import as_function, create_app, gettext as _, login_required, principal, read_form, see_other

    app = create_app(__package__, house)          # touches nothing until the first request
    http = as_function(app)                       # the entry point

    @app.get("/anmal/mina")
    @login_required(Kind.REPORTER)                # anonymous → /logga-in and back; another kind → 403
    def mine() -> str:
        return render_template("mine.html", reports=..., errors={})

    @app.post("/anmal/utkast/<id>/barn")
    @login_required(Kind.REPORTER)                # login just ended → the post is kept and brought back
    def child(id: str) -> ResponseReturnValue:
        form = read_form(one=("namn",), many=("syskon",))      # unknown or repeated field → 400 page
        problems = {"namn": _("Skriv barnets namn")}           # field → words
        if problems:
            return render_template("child.html", values=form.answers(), errors=problems), 422
        return see_other(url_for(...))                         # always 303 after a post

Templates lie in functions/<name>/templates/ and start so:

    {% extends "question.html" %}                 {# or base.html; staff.html for staff #}
    {% set title = _("Vilket barn gäller det?") %}   {# the h1; also the tab, so keep it neutral #}
    {% set service = _("Anmälan") %}{% set back = "/anmal" %}
    {% from "ui/text_input.html" import text_input %}{% from "ui/form.html" import hidden %}
    {% from "ui/button.html" import button %}{% from "ui/surfaces.html" import know %}
    {% block question %}<form method="post" novalidate>{{ hidden() }}
      {{ text_input("namn", title, values.namn, error=errors.namn, page=true) }}
      <div class="govuk-button-group">{{ button(_("Fortsätt")) }}</div></form>{% endblock %}
    {% block aside %}{% call know("eye", _("Vem läser?")) %}{{ _("Bara …") }}{% endcall %}{% endblock %}

`errors` puts "Fel:" in the title and (question.html) the summary on top. Every form that posts holds `hidden()`
(token and one-time id; `hidden(commits=false)` leaves out the id). Parts: ui/*.html, one comment each.
Other people's text is shown with `|visible` or `|visible_lines`; the autoescape is never switched off.
Texts are Swedish msgids in `_()`, `ngettext()`, or `mark()` in tables. Dates: `|day`, `|short_day`, `|moment(now)`,
`|clock_time`; phone links: `|telephone`, and in a text `|with_phones`; {sv, en} texts of data: `|local_text`.
In every template: municipality, open_now, demo, now, language, direction, viewer (never reads the store), session_ends.
`abort(404)` and every exception end in a page; `ports.Unavailable` gives 503 with what was posted, to send again.
"""

from shared.web.access import login_required, private_login, require
from shared.web.app import as_function, create_app, without_house
from shared.web.csrf import without_csrf
from shared.web.errors import ErrorWords, error_page, read_to_the_end
from shared.web.forms import Form, posted_submission_id, read_form, see_other, submission_id
from shared.web.headers import allow_form_target, allow_sending, content_security_policy
from shared.web.house import House, Parked, ParkedForm, Session, Sessions
from shared.web.leaving import leave
from shared.web.paths import local_path
from shared.web.static_files import serve_static, serve_theme
from shared.web.texts import gettext, language, local_text, mark, ngettext
from shared.web.uploads import takes_files, takes_up_to
from shared.web.viewer import end_session, principal, session, start_session

__all__ = [
    "ErrorWords",
    "Form",
    "House",
    "Parked",
    "ParkedForm",
    "Session",
    "Sessions",
    "allow_form_target",
    "allow_sending",
    "as_function",
    "content_security_policy",
    "create_app",
    "end_session",
    "error_page",
    "gettext",
    "language",
    "leave",
    "local_path",
    "local_text",
    "login_required",
    "mark",
    "ngettext",
    "posted_submission_id",
    "principal",
    "private_login",
    "read_form",
    "read_to_the_end",
    "require",
    "see_other",
    "serve_static",
    "serve_theme",
    "session",
    "start_session",
    "submission_id",
    "takes_files",
    "takes_up_to",
    "without_csrf",
    "without_house",
]
