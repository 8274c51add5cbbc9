"""What was fetched from the register or copied from an earlier form is marked until somebody changes it."""

from datetime import UTC, date, datetime

from shared.formkit.check import check_step
from shared.formkit.definition import Answer
from shared.formkit.lacking import remaining
from shared.formkit.loading import parse
from shared.formkit.origins import Origin, origin_of
from shared.formkit.page import page
from shared.formkit.prefill import Facts, initial, refreshed
from shared.formkit.renewal import copied
from shared.formkit.signals import signals
from shared.formkit.snapshot import read_snapshot, snapshot
from shared.formkit.submission import submission
from tests.formkit.examples import HEAD, TODAY, field, form, options, post, step
from tests.formkit.test_items import GROUP
from tests.formkit.test_loading import complaint

FROM = 'source = "register"\n'
MUST = 'need = "hard"\nmissing = { sv = "S", en = "W" }\n'
KIDS = field("kids", "repeat", GROUP + 'fact = "children"\n' + FROM) + "".join(
    field(name, kind, extra, inside=True)
    for name, kind, extra in (
        ("name", "text", 'fact = "name"\n'),
        ("number", "identity", 'fact = "number"\n'),
        ("lives", "radio", options("all", "half") + "\n" + MUST),
    )
)
FORM = form(
    step(
        "you",
        field("name", extra='fact = "name"\n' + FROM + "read_only = true"),
        field("street", extra='fact = "street"\n' + FROM),
    ),
    step("status", field("status", "radio", options("single", "married") + '\nfact = "status"\n' + FROM)),
    step("children", KIDS),
)
FACTS: Facts = {
    "name": "Sara Almexempel",
    "street": "Skolgatan 7",
    "status": "single",
    "children": [{"name": "Noel Almexempel", "number": "202504182391"}],
}
AT = datetime(2026, 11, 27, tzinfo=UTC)


def test_what_the_register_knows_stands_in_the_draft_with_its_source() -> None:
    answers = initial(FORM, FACTS)

    assert answers["name"] == "Sara Almexempel"
    assert answers["kids"] == [
        {"id": "00000001", "name": "Noel Almexempel", "number": {"type": "personnummer", "value": "202504182391"}}
    ]
    assert {field: origin_of(answers, field) for field in ("name", "street", "status", "kids")} == dict.fromkeys(
        ("name", "street", "status", "kids"), Origin.REGISTER
    )
    you = page(FORM, FORM.steps[0], answers, "sv").questions
    assert [(one.origin, one.read_only) for one in you] == [(Origin.REGISTER, True), (Origin.REGISTER, False)]


def test_a_fetched_child_is_not_finished_before_its_questions_are_answered() -> None:
    answers = initial(FORM, FACTS)

    assert "kids" not in submission(FORM, answers)
    assert [(one.code, one.item) for one in remaining(FORM, answers)] == [("unfinished", "00000001")]


def test_a_corrected_answer_is_the_persons_own_and_correcting_back_is_as_fetched() -> None:
    changed = check_step(FORM, FORM.steps[0], {"street": ["Parkvägen 3"]}, initial(FORM, FACTS), TODAY).answers
    again = check_step(FORM, FORM.steps[0], {"street": ["Skolgatan 7"]}, changed, TODAY).answers

    assert origin_of(changed, "street") is None
    assert origin_of(again, "street") is Origin.REGISTER
    posted = page(FORM, FORM.steps[0], again, "sv", posted={"street": ["x"]}).questions
    assert posted[1].origin is None


def test_the_record_says_which_answers_are_as_fetched() -> None:
    answers: dict[str, Answer] = {**initial(FORM, {**FACTS, "children": []}), "street": "Parkvägen 3"}
    read = read_snapshot(snapshot(FORM, answers, "sv", AT))

    assert read.answers == {"name": "Sara Almexempel", "street": "Parkvägen 3", "status": "single"}
    assert read.origins == {"name": Origin.REGISTER, "status": Origin.REGISTER}


def test_facts_of_another_shape_are_left_out() -> None:
    assert initial(FORM, {"name": [{"name": "Ada"}], "children": "Noel", "status": "unheard of", "street": " "}) == {}


def test_no_more_items_are_fetched_than_there_may_be() -> None:
    many = initial(FORM, {"children": [{"name": f"Barn {n}"} for n in range(9)]})["kids"]

    assert isinstance(many, list)
    assert len(many) == 3


OLD = form(
    step(
        "you",
        field("name", extra='fact = "name"\nread_only = true'),
        field("colour", "radio", options("red", "blue", "green")),
        field("gone"),
        field("pay", "money"),
        field("month", "month", "least = 0\nmost = 1\nfresh = true"),
        field("born", "date", "past = true"),
        field("people", "repeat", 'most = 2\nitem = { sv = "B", en = "C" }\nadd = { sv = "L", en = "A" }'),
        field("who", inside=True),
        field("sum", "money", "fresh = true", inside=True),
    ),
    step("shade", field("shade"), extra='when = { field = "colour", in = ["red", "green"] }\n'),
)
NEW = form(
    step(
        "you",
        field("name", extra='fact = "name"\nread_only = true'),
        field("colour", "radio", options("red", "blue")),
        field("pay", "money", "most = 1000"),
        field("month", "month", "least = 0\nmost = 1\nfresh = true"),
        field("born", "date", "past = true"),
        field("people", "repeat", 'most = 2\nitem = { sv = "B", en = "C" }\nadd = { sv = "L", en = "A" }'),
        field("who", inside=True),
        field("sum", "money", "fresh = true", inside=True),
        field("file_note"),
    ),
    step("shade", field("shade"), extra='when = { field = "colour", is = "red" }\n'),
)
EARLIER: dict[str, Answer] = {
    "name": "Sara",
    "colour": "red",
    "gone": "x",
    "pay": 90_000,
    "month": "2026-11",
    "born": "2001-02-03",
    "people": [{"id": "2", "who": "Ada", "sum": 100}],
    "shade": "dark",
}


def test_a_renewal_begins_with_what_still_fits_and_marks_it() -> None:
    answers = copied(NEW, EARLIER, TODAY)

    assert submission(NEW, answers) == {
        "colour": "red",
        "pay": 90_000,
        "born": "2001-02-03",
        "people": [{"id": "2", "who": "Ada"}],
        "shade": "dark",
    }
    assert all(origin_of(answers, name) is Origin.EARLIER for name in submission(NEW, answers))


def test_what_no_longer_fits_is_dropped_with_all_that_hung_on_it() -> None:
    green = copied(NEW, {**EARLIER, "colour": "green", "pay": 200_000, "born": "2030-01-01"}, TODAY)

    assert submission(NEW, green) == {"people": [{"id": "2", "who": "Ada"}]}
    assert copied(NEW, {}, TODAY) == {}
    assert copied(NEW, {"people": [{"id": "1", "sum": 5}], "colour": ["red"]}, TODAY) == {}


def test_what_is_known_today_takes_the_place_of_what_was_known_then() -> None:
    answers = refreshed(FORM, copied(FORM, {"street": "Gamla gatan 1", "status": "married"}, TODAY), FACTS)

    assert (answers["street"], answers["name"]) == ("Skolgatan 7", "Sara Almexempel")
    assert origin_of(answers, "street") is Origin.REGISTER


def test_a_copied_answer_that_is_changed_is_new() -> None:
    changed = post(NEW, copied(NEW, EARLIER, TODAY), colour="blue", pay="900").answers

    assert origin_of(changed, "colour") is None
    assert origin_of(changed, "pay") is Origin.EARLIER
    assert read_snapshot(snapshot(NEW, changed, "sv", AT)).origins["pay"] is Origin.EARLIER


def test_a_form_sent_with_an_earlier_version_is_copied_from_its_record() -> None:
    sent = read_snapshot(snapshot(OLD, EARLIER, "sv", AT))

    assert copied(NEW, sent.answers, date(2026, 12, 24)) == copied(NEW, EARLIER, TODAY)


SIGNALS = (
    '[[signals]]\nid = "no_home"\nname = { sv = "Hemlös", en = "Homeless" }\nwhen = { field = "home", is = "none" }\n'
)
HOME = step("ask", field("any", "yes_no")) + step(
    "home", field("home", "radio", options("own", "none")), extra='when = { field = "any", is = "yes" }\n'
)


def test_a_signal_is_given_by_answers_that_count() -> None:
    signalling = parse(HEAD + SIGNALS + HOME, "example.toml")

    assert signals(signalling, {"any": "yes", "home": "none"}) == ("no_home",)
    assert signals(signalling, {"any": "yes", "home": "own"}) == ()
    assert signals(signalling, {"any": "no", "home": "none"}) == ()


def test_a_signal_needs_a_condition_that_can_hold() -> None:
    assert "'homeless' is not an answer" in complaint(HEAD + SIGNALS.replace('"none"', '"homeless"') + HOME)
    assert "'when' is missing" in complaint(HEAD + '[[signals]]\nid = "x"\nname = { sv = "X", en = "X" }\n' + HOME)
