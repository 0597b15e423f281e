"""What the reader finds in texts: the tables found_statement, found_mention and found_feedback, from which SQL stores it."""

import pyarrow as pa

from cx.ingest import named
from cx.store import Session
from cx.text import reading
from cx.text.reading import Reading

Findings = dict[
    str, pa.Table
]  # found_statement, found_mention, found_feedback: the columns of queries/found.sql at least


def found_in(session: Session, texts: pa.Table, languages: pa.Table) -> Findings:
    """What is found in texts (text, feedback, body) of which the file may say the language (feedback, language)."""
    with session.given(given_language=languages, text_input=texts):
        session.run("CREATE OR REPLACE TEMP TABLE declared_language AS FROM given_language")
        return of_reading(reading.interpret(session))


def of_reading(read: Reading) -> Findings:
    """What was read, with what each feedback names."""
    mentions = reading.mentions(read)
    feedbacks = named.beside(reading.feedbacks(read), mentions)
    return {"found_statement": reading.statements(read), "found_mention": mentions, "found_feedback": feedbacks}


def of_tables(session: Session) -> Findings:
    """The same from the temp tables read_…, where corrections have changed them."""
    mentions = session.arrow("FROM read_mention ORDER BY text, statement")
    feedbacks = named.beside(session.arrow("FROM read_feedback"), mentions)
    return {
        "found_statement": session.arrow("FROM read_statement"),
        "found_mention": mentions,
        "found_feedback": feedbacks,
    }
