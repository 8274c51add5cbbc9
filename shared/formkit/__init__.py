"""The engine for declared forms: definition, conditions, check, way through, words, record. Knows no web framework.

The way of a form: `load` it, start a draft with `initial` answers, show a step with `page`, read what is posted with
`check_step`, save its answers whatever the problems, go on to `next_step`. After the last, `summary`, `remaining` and
`skipped` make the page for checking; `snapshot` is what is sent, `read_snapshot` how it is read ever after.
"""

from shared.formkit.check import Checked, check_step
from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Need, Problem, Step
from shared.formkit.lacking import Skipped, remaining, skipped
from shared.formkit.loading import load, parse
from shared.formkit.page import Block, Choice, Question, StepPage, page
from shared.formkit.prefill import initial
from shared.formkit.repeats import ADD, REMOVE
from shared.formkit.snapshot import Altered, Incomplete, Snapshot, read_snapshot, snapshot
from shared.formkit.steps import Progress, next_step, previous_step, progress, visible_steps
from shared.formkit.submission import submission
from shared.formkit.summary import Row, Section, summary
from shared.formkit.tables import BadForm

__all__ = [
    "ADD",
    "REMOVE",
    "Altered",
    "Answer",
    "Answers",
    "BadForm",
    "Block",
    "Checked",
    "Choice",
    "Field",
    "FieldType",
    "Form",
    "Incomplete",
    "Need",
    "Problem",
    "Progress",
    "Question",
    "Row",
    "Section",
    "Skipped",
    "Snapshot",
    "Step",
    "StepPage",
    "check_step",
    "initial",
    "load",
    "next_step",
    "page",
    "parse",
    "previous_step",
    "progress",
    "read_snapshot",
    "remaining",
    "skipped",
    "snapshot",
    "submission",
    "summary",
    "visible_steps",
]
