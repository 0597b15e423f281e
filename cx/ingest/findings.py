"""What the reader finds in texts: the tables found_statement, found_mention and found_feedback, from which SQL stores it."""

import pyarrow as pa

from cx.ingest import named
from cx.store import Session
from cx.text import reading
from cx.text.reading import Reading

Findings = dict[str, pa.Table]  # found_statement, found_mention, found_feedback: the columns of queries/found.sql
STATEMENT = ["text", "statement", "start", "stop", "polarity", "label"]
MENTION = ["text", "statement", "dimension", "aspect", "polarity", "label", "evidence"]
NAMES = {"dimension", "aspect", "label"}  # dictionaries: few values, many times


def found_in(session: Session, texts: pa.Table, languages: pa.Table) -> Findings:
    """What is found in texts (text, feedback, body) of which the file may say the language (feedback, language)."""
    with session.given(given_language=languages, text_input=texts):
        session.run("CREATE OR REPLACE TEMP TABLE declared_language AS FROM given_language")
        return of_reading(reading.interpret(session))


def of_reading(read: Reading) -> Findings:
    """What was read, with what each feedback names."""
    return _findings(reading.statements(read), reading.mentions(read), reading.feedbacks(read))


def of_tables(session: Session) -> Findings:
    """The same from the temp tables read_…, where corrections have changed them."""
    queries = ("FROM read_statement", "FROM read_mention ORDER BY text, statement", "FROM read_feedback")
    return _findings(*(_encoded(session.arrow(query)) for query in queries))


def _encoded(listed: pa.Table) -> pa.Table:
    columns = {
        name: listed[name].dictionary_encode() if name in NAMES else listed[name] for name in listed.column_names
    }
    return pa.table(columns)


def _findings(statements: pa.Table, mentions: pa.Table, feedbacks: pa.Table) -> Findings:
    return {
        "found_statement": statements.select(STATEMENT),
        "found_mention": mentions.select(MENTION),
        "found_feedback": named.beside(feedbacks, mentions),
    }
