"""What was typed in a post that could not be done is shown back, and nothing that the page itself put there."""

from shared.web.kept import written


def test_what_was_written_is_shown_and_the_marks_of_the_page_are_not() -> None:
    mark, words, long = "e77bc6c5a8db936853247cf3ae931400", "Jag har inga pengar.", "a" * 25

    assert written([("submission_id", mark), ("seen", mark), ("why", words), ("code", "yes"), ("web", long)]) == [
        words,
        long,
    ]
