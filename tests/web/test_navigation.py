"""The frame of a page: sections by role, the language form, what a page says about itself."""

import pytest
from flask import g, render_template_string
from flask_wtf import FlaskForm
from inspection import inspect_page
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from survey_app.domain.membership import Right, Role
from survey_app.domain.network import Network
from survey_app.web.navigation import entrance_of, language_target, section_links

ENGLISH = {"Accept-Language": "en"}
NETWORK = Network(id=1, slug="freiburg", name="Netzwerk Freiburg")
PAGE = """{% extends "web/base.html" %}
{% from "web/macros.html" import badge, error_summary, facts, field, form_buttons, notice, post_button, table, verdict
   with context %}
{% block heading %}{{ bidi("R&D <Treffen>") }}{% endblock %}
{% block main %}
{{ error_summary(form) }}
{{ notice("info", "A & B") }}{{ badge("open", "success") }}{{ verdict("missed", "✖", "Ziel verfehlt") }}
<form method="post" class="form" novalidate>
{{ form.csrf_token }}
{% for one in form if one.name != "csrf_token" %}{{ field(one, hint="Hint " ~ one.name) }}{% endfor %}
{{ form_buttons("Save", "/away") }}
</form>
{{ facts([("Term", "Value")]) }}
{% call table("Meetings", ["Date", ("Persons", "number")]) %}<tr><th scope="row">1</th><td class="number">2</td></tr>
{% endcall %}
{{ post_button("/do", "Do it", values={"revision": 3}) }}
{{ post_button("/end", "End it", "danger", confirm="All is lost then.") }}
{% endblock %}"""


def choices(*values):
    return [SelectChoice(value, value.upper()) for value in values]


class EveryField(FlaskForm):
    name = StringField("Name", [InputRequired("Please fill in this field.")])
    email = EmailField("Address")
    notes = TextAreaField("Notes")
    day = DateField("Day", [InputRequired("Please fill in this field.")])
    kind = SelectField("Kind", choices=choices("a", "b"))
    languages = SelectMultipleField(
        "Languages", choices=choices("de", "ar"), widget=ListWidget(), option_widget=CheckboxInput()
    )
    one = RadioField("One", choices=choices("x", "y"), validators=[InputRequired("Please choose.")])
    agreed = BooleanField("Agreed")


@pytest.fixture(scope="module")
def app(bare_app):
    return bare_app


@pytest.fixture(scope="module")
def sections(app):
    """Return a function giving the sections that a role sees, of an application that has every section."""
    for endpoint, path, right in (
        ("staff.show_home", "", Right.READ_REPORTS),
        ("coordinators.list_meetings", "meetings/", Right.ORGANISE),
        ("coordinators.list_partners", "partners/", Right.ORGANISE),
        ("staff.show_report", "reports/", Right.READ_REPORTS),
        ("coordinators.edit_settings", "settings", Right.CHANGE_SETTINGS),
    ):
        if endpoint in app.view_functions:
            continue

        def view():
            return ""

        view.required_right = right
        app.add_url_rule(f"/n/<network>/{path}", endpoint, view)

    def see(role, address="/n/freiburg/"):
        with app.test_request_context(address, headers=ENGLISH):
            g.role = role
            return [(str(link.text), link.current) for link in section_links(NETWORK)]

    return see


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.VIEWER, ["Overview", "Reports"]),
        (Role.COORDINATOR, ["Overview", "Meetings", "Partners", "Needs and offers", "Goals", "Reports"]),
        (Role.NETWORK_ADMIN, ["Overview", "Meetings", "Partners", "Needs and offers", "Goals", "Reports", "Settings"]),
        (Role.SYSTEM_ADMIN, ["Settings"]),
        (None, []),
    ],
)
def test_sections_are_those_the_role_may_enter_when_shown(sections, role, names):
    assert [name for name, _current in sections(role)] == names


def test_section_is_marked_when_page_lies_inside(sections):
    assert ("Overview", "page") in sections(Role.COORDINATOR)
    assert ("Meetings", "true") in sections(Role.COORDINATOR, "/n/freiburg/meetings/7/")
    assert ("Meetings", "true") in sections(Role.COORDINATOR, "/n/freiburg/surveys/7k3mp9/")
    assert ("Needs and offers", "true") in sections(Role.COORDINATOR, "/n/freiburg/offers/")
    assert ("Meetings", "page") in sections(Role.COORDINATOR, "/n/freiburg/meetings/")
    assert sum(bool(current) for _name, current in sections(Role.COORDINATOR, "/n/freiburg/meetings/7/")) == 1


def test_entrance_is_first_open_section_when_role_is_known(app, sections):
    with app.test_request_context():
        assert entrance_of(NETWORK, Role.VIEWER) == "/n/freiburg/"
        assert entrance_of(NETWORK, Role.SYSTEM_ADMIN).startswith("/n/freiburg/settings")


def test_language_form_stays_on_the_page_when_it_has_arguments(app):
    with app.test_request_context("/imprint?lang=fr&page=2&x=%00y"):
        assert language_target() == ("/imprint", [("page", "2"), ("x", "y")])
    with app.test_request_context("/nothing"):
        assert language_target() == ("/", [])
    with app.test_request_context("/logout", method="POST"):
        assert language_target() == ("/", [])


def render(app, **request):
    with app.test_request_context(headers=ENGLISH, **request):
        form = EveryField(meta={"csrf": False})
        form.validate_on_submit()
        html = render_template_string(PAGE, form=form, network=NETWORK)
    inspect_page(html, "macros")
    return html


def test_macros_build_a_sound_page_when_form_is_fresh(app):
    html = render(app)
    assert "<title>R&amp;D &lt;Treffen&gt; – Netzwerk Freiburg – Resonanz</title>" in html
    assert 'aria-invalid="true"' not in html
    assert 'role="alert"' not in html
    assert html.count("(optional)") == 3


def test_macros_tie_messages_to_fields_when_form_is_wrong(app):
    html = render(app, method="POST", data={"kind": "a"})
    assert "<title>Error: R&amp;D" in html
    for name in ("name", "day"):
        assert f'aria-describedby="{name}-hint {name}-error" aria-invalid="true"' in html
        assert f'<a href="#{name}">' in html
        assert f'<p class="kern-error" id="{name}-error">' in html
    assert '<a href="#one-0">One: Please choose.</a>' in html
    assert 'id="one" aria-describedby="one-hint one-error"' in html
    assert html.index('id="error-summary"') < html.index("<form method", html.index("<main"))


def test_step_is_confirmed_without_script_when_it_matters(app):
    html = render(app)
    confirmation = html[html.index('<details class="confirm">') :]
    assert (
        confirmation.index("<summary") < confirmation.index("All is lost then.") < confirmation.index('action="/end"')
    )
    assert '<input type="hidden" name="revision" value="3">' in html
