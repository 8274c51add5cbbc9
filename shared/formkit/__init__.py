"""The engine for declared forms: definition, conditions, check, way through, words, record. Knows no web framework.

The way of a form: `loading.load` it, start a draft with `prefill.initial` answers, show a step with `page.page`, read
what is posted with `check.check_step`, save its answers whatever the problems, go on to `steps.next_step`. After the
last, `summary.summary`, `lacking.remaining` and `lacking.skipped` make the page for checking; `snapshot.snapshot` is
what is sent, `snapshot.read_snapshot` how it is read ever after. Each page loads the parts that it needs.
"""
