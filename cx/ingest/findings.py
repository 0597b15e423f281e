"""What the reader finds in texts, as it goes into the temp tables found_statement, found_mention and found_feedback."""

import pyarrow as pa

from cx.ingest import named
from cx.store import Session
from cx.text import reading
from cx.text.reading import Reading

Findings = dict[str, pa.Table]  # statement, mention and feedback: the columns of found_… at least


def found_in(session: Session, texts: pa.Table, languages: pa.Table) -> Findings:
    """What is found in texts (text, feedback, body) of which the file may say the language (feedback, language)."""
    with session.given("given_language", languages), session.given("text_input", texts):
        session.run("CREATE OR REPLACE TEMP TABLE declared_language AS FROM given_language")
        return of_reading(reading.interpret(session))


def of_reading(read: Reading) -> Findings:
    """What was read, with what each feedback names."""
    mentions = reading.mentions(read)
    feedbacks = named.beside(reading.feedbacks(read), mentions)
    return {"statement": reading.statements(read), "mention": mentions, "feedback": feedbacks}


def of_tables(session: Session) -> Findings:
    """The same from the temp tables read_…, where corrections have changed them."""
    mentions = session.arrow("FROM read_mention ORDER BY text, statement")
    feedbacks = named.beside(session.arrow("FROM read_feedback"), mentions)
    return {"statement": session.arrow("FROM read_statement"), "mention": mentions, "feedback": feedbacks}
