"""Stored texts read again: all of them after a change of the reader, or one feedback after a correction."""

from collections.abc import Iterable, Sequence

from cx import text
from cx.errors import AskError
from cx.ingest.importing import QUERIES, Progress, now, read_again, store_statements
from cx.language import _
from cx.model import taxonomy
from cx.model.correction import NONE, POLARITY, Correction, Dimension
from cx.model.kpi import Label
from cx.store import Session, Store, sql


def rescore(store: Store, progress: Progress | None = None) -> int:
    """Read every stored text again in one transaction; corrections stay. Gives back how many feedbacks have text.

    `progress(done, total, what)` is called as texts are read.
    """
    with store.writing() as session:
        found = reread(session, tell=progress or (lambda done, total, what: None))
        session.run(
            "UPDATE batch SET text_model = $text_model, taxonomy = $taxonomy",
            text_model=text.MODEL_VERSION,
            taxonomy=taxonomy.load().version,
        )
    return found


def is_outdated(store: Store) -> bool:
    """Whether any upload was read by another reader, or with another taxonomy, than the present one."""
    with store.reading() as session:
        return bool(
            session.value(
                "SELECT count(*) FROM batch WHERE text_model <> $text_model OR taxonomy <> $taxonomy",
                text_model=text.MODEL_VERSION,
                taxonomy=taxonomy.load().version,
            )
        )


def correct(store: Store, statement: int, corrections: Iterable[Correction]) -> None:
    """Keep what a person says about a stored statement and score its feedback anew, in one transaction.

    Raises AskError for an unknown statement, aspect or label.
    """
    said = list(corrections)
    for each in said:
        _refuse_unknown(each)
    with store.writing() as session:
        places = session.frame(sql(QUERIES / "place.sql"), statement=int(statement))
        if places.empty:
            raise AskError(_("Diese Aussage gibt es nicht mehr. Laden Sie die Seite neu."))
        place = places.iloc[0].to_dict()
        session.run(
            sql(QUERIES / "correct.sql"),
            **place,
            dimensions=[str(each.dimension) for each in said],
            aspects=[each.aspect for each in said],
            labels=[str(each.label) for each in said],
            now=now(),
        )
        reread(session, [int(place["feedback"])])


def withdraw(store: Store, corrections: Iterable[int]) -> None:
    """Take corrections back; their feedback is what the reader says again. Raises AskError where one is unknown."""
    ids = [int(correction) for correction in corrections]
    with store.writing() as session:
        found = session.frame(
            "SELECT id, feedback FROM correction WHERE list_contains(CAST($ids AS BIGINT[]), id)", ids=ids
        )
        if len(found) < len(set(ids)):
            raise AskError(_("Diese Berichtigung gibt es nicht mehr. Laden Sie die Seite neu."))
        session.run("DELETE FROM correction WHERE list_contains(CAST($ids AS BIGINT[]), id)", ids=ids)
        if ids:
            reread(session, sorted({int(feedback) for feedback in found["feedback"]}))


def reread(
    session: Session,
    feedbacks: Sequence[int] = (),
    batch: int | None = None,
    tell: Progress = lambda done, total, what: None,
) -> int:
    """Read the texts of some feedbacks or of one upload (none named: of all) and replace what was read before; how many feedbacks."""
    session.run(sql(QUERIES / "stored.sql"), feedbacks=list(feedbacks), batch=batch)
    session.run(sql(QUERIES / "found.sql"))
    for found in read_again(session, tell):
        with session.given(**{f"given_{name}": listed for name, listed in found.items()}):
            session.run(sql(QUERIES / "keep.sql"))
    session.run(sql(QUERIES / "rescored.sql"))
    store_statements(session)
    return int(session.value("SELECT count(*) FROM found_feedback"))


def _refuse_unknown(said: Correction) -> None:
    model = taxonomy.load()
    keys = {
        Dimension.POLARITY: {""},
        Dimension.PILLAR: {aspect.key for aspect in model.pillars},
        Dimension.TOUCHPOINT: {aspect.key for aspect in model.touchpoints},
    }
    if said.dimension not in list(Dimension) or said.aspect not in keys[Dimension(said.dimension)]:
        message = _("„{name}“ ist keine Säule und kein Touchpoint des Modells.")
        raise AskError(message.format(name=said.aspect or said.dimension))
    labels = {*map(str, Label)} | (set() if said.dimension == POLARITY else {NONE})
    if said.label not in labels:
        message = _("„{value}“ gibt es hier nicht. Möglich sind: {known}.")
        raise AskError(message.format(value=said.label, known=", ".join(sorted(labels))))
