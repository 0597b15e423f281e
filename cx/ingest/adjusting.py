"""Learning from an upload's own ratings: what it would bring, checked on texts held out; applied and withdrawn whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cx import text
from cx.errors import AskError
from cx.ingest import importing, rescoring
from cx.ingest.importing import QUERIES, Progress, now
from cx.language import _, interval, number
from cx.model.filter import Filter
from cx.model.limits import DETRACTOR_MAX, LEARN_MIN, LEARN_MOST, LEARN_SIDE_MIN, PROMOTER_MIN
from cx.stats import adjustment
from cx.stats.adjustment import Gain, Labels
from cx.store import Session, Store, sql
from cx.text import adjusting, words
from cx.text.weights import UNIT

CORRECTION_COUNTS = 2.0  # as much as a statement of the corpus in script/train: a person has read just this sentence
SIDES = {"negative": -1, "neutral": 0, "mixed": 0, "positive": 1}
EVERYTHING = Filter()


@dataclass(frozen=True, eq=False)
class Proposal:
    """What an upload's own ratings teach about words, and what that brings on feedback it was not learned from.

    `feedbacks` rated texts (and `corrections` corrected statements) were learned from. `gain` compares with the reader as it
    ships. `words`: word (as most often written), shift (what it moves by, in the weight of one plain word), n (texts that hold it);
    what moves most first. `leans`: feature → whole units of cx.text.weights.
    """

    batch: int
    feedbacks: int
    corrections: int
    gain: Gain
    words: pd.DataFrame
    leans: dict[str, int]

    @property
    def applicable(self) -> bool:
        """Whether the gain is real, so that it may be applied."""
        return self.gain.real and bool(self.leans)


def rated(store: Store) -> pd.DataFrame:
    """Own uploads, newest first, with their rated texts and their adjustment (columns: queries/rated_counts.sql); enough: bool."""
    with store.reading() as session:
        found = session.frame(sql(QUERIES / "rated_counts.sql"), **_ratings())
    fewest, sided = found[["negative", "positive"]].min(axis=1), found["negative"] + found["positive"]
    return found.assign(enough=(fewest >= LEARN_SIDE_MIN) & (sided >= LEARN_MIN))


def propose(store: Store, batch: int, progress: Progress | None = None) -> Proposal:
    """Learn from the ratings and corrections of an upload and check by five held-out parts; stores nothing, same data same answer.

    `progress(done, total, what)` is called on the way. Raises AskError for an unknown upload and where there is too little to
    learn from.
    """
    tell = progress or (lambda done, total, what: None)
    analyser = words.shipped()
    with store.reading() as session:
        _refuse_unknown(session, batch)
        known = session.frame(sql(QUERIES / "rated.sql"), batch=int(batch), **_ratings())
        _refuse_too_few(np.sign(known["rated"].to_numpy()))
        known = known.iloc[:: -(-len(known) // LEARN_MOST)].reset_index(drop=True)  # evenly over the upload
        units, sums, corrected = _gather(session, batch, known, tell)
    labels = _labels(known, corrected)
    sums = sums.set_index("text").reindex(range(len(labels.side))).fillna(0)
    features, read = adjusting.readings(analyser, units, sums, labels.group)
    gain = adjustment.cross_validated(read, labels, lambda done, total: tell(done, total + 1, _("Prüfschritte")))
    shift = np.rint(adjustment.learned(read, labels) * UNIT).astype(int)
    tell(1, 1, _("Prüfschritte"))
    leans = {feature: int(lean) for feature, lean in zip(features, shift, strict=True) if lean}
    return Proposal(int(batch), len(known), len(corrected), gain, _moved(units, leans), leans)


def apply(store: Store, proposal: Proposal, progress: Progress | None = None) -> int:
    """Keep what was proposed and read the upload's texts again with it, in one transaction; how many feedbacks have text.

    Raises AskError where the gain is not real.
    """
    if not proposal.applicable:
        gain = proposal.gain.gain
        message = _(
            "Der Gewinn ist nicht gesichert (95 %: {interval} je Feedback), deshalb wird nichts angepasst. "
            "Mehr bewertete Texte oder Berichtigungen können das ändern."
        )
        raise AskError(message.format(interval=interval(gain.low, gain.high, 3, signed=True)))
    with store.writing() as session:
        _refuse_unknown(session, proposal.batch)
        learned = pd.DataFrame({"feature": list(proposal.leans), "lean": list(proposal.leans.values())})
        with session.given(learned=learned):
            session.run(
                sql(QUERIES / "learn.sql"),
                batch=proposal.batch,
                feedbacks=proposal.feedbacks,
                text_model=text.MODEL_VERSION,
                now=now(),
            )
        return _reread(session, proposal.batch, progress)


def withdraw(store: Store, batch: int, progress: Progress | None = None) -> int:
    """Forget what an upload has learned and read its texts as the reader ships, in one transaction; how many feedbacks have text.

    Raises AskError where nothing was learned.
    """
    with store.writing() as session:
        if not session.value("SELECT count(*) FROM adjustment WHERE batch = $batch", batch=int(batch)):
            raise AskError(
                _("Dieser Upload hat nichts Gelerntes, das sich zurücknehmen ließe. Laden Sie die Seite neu.")
            )
        session.run("DELETE FROM adjustment WHERE batch = $batch", batch=int(batch))
        return _reread(session, int(batch), progress)


def explain(store: Store, texts: Sequence[str], batches: Sequence[int | None]) -> pd.DataFrame:
    """The parts of the scores of `texts`, each with what its upload has learned (columns: cx.text.explain_many)."""
    with store.reading() as session:
        learned = {batch: importing.adjustment_of(session, int(batch)) for batch in set(batches) if batch is not None}
    owners = [batch if learned.get(batch) else None for batch in batches]
    frames = []
    for owner in dict.fromkeys(owners) or [None]:
        places = np.array([place for place, each in enumerate(owners) if each == owner], np.int64)
        found = text.explain_many([texts[place] for place in places], learned.get(owner, adjusting.NONE))
        frames.append(found.assign(text=places[found["text"].to_numpy(np.int64)]))
    whole = pd.concat(frames) if len(frames) > 1 else frames[0]
    return whole.sort_values("text", kind="stable").reset_index(drop=True)


def _reread(session: Session, batch: int, progress: Progress | None) -> int:
    return rescoring.reread(session, batch=batch, tell=progress or (lambda done, total, what: None))


def _ratings() -> dict[str, object]:
    return {"filter": EVERYTHING.parameter(), "promoter_min": PROMOTER_MIN, "detractor_max": DETRACTOR_MAX}


def _refuse_unknown(session: Session, batch: int) -> None:
    if not session.value("SELECT count(*) FROM batch WHERE id = $batch", batch=int(batch)):
        raise AskError(_("Diesen Upload gibt es nicht mehr. Laden Sie die Seite neu."))


def _refuse_too_few(side: np.ndarray) -> None:
    negative, positive = int((side < 0).sum()), int((side > 0).sum())
    if negative + positive >= LEARN_MIN and min(negative, positive) >= LEARN_SIDE_MIN:
        return
    message = _(
        "Zum Lernen braucht es mindestens {least} deutsche Texte mit guter oder schlechter Bewertung, von jeder Seite "
        "mindestens {side}. Hier sind es {negative} schlechte und {positive} gute."
    )
    told = {"least": LEARN_MIN, "side": LEARN_SIDE_MIN, "negative": negative, "positive": positive}
    raise AskError(message.format(**{name: number(n) for name, n in told.items()}))


def _gather(
    session: Session, batch: int, known: pd.DataFrame, tell: Progress
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Words that can be moved, sums of the labelled texts, and the corrected labels; all as the shipped reader reads them."""
    listed = known[["feedback"]].assign(text=range(len(known)))
    units, sums, done = [], [], 0
    with session.given(given_rated=listed):
        session.run(sql(QUERIES / "stored.sql"), feedbacks=[], batch=int(batch))
        session.run(sql(QUERIES / "to_learn.sql"))
        corrected = session.frame(sql(QUERIES / "corrected_labels.sql"))
        total = session.value("SELECT count(*) FROM fresh_text")
        for low, high, _adjustment in importing.chunks(session):
            session.run(sql(QUERIES / "chunk.sql"), low=low, high=high)
            read = text.reading.read(session)
            session.run(sql(QUERIES / "labelled.sql"), corrected=len(known))
            movable = adjusting.find_movable(read.cut, read.said, read.judgements, words.shipped())
            with session.given(given_movable=movable):
                units.append(session.frame(sql(QUERIES / "learn_units.sql")))
            sums.append(session.frame(sql(QUERIES / "learn_texts.sql")))
            done += session.value("SELECT count(*) FROM text_input")
            tell(done, total, _("Texte"))
    return pd.concat(units, ignore_index=True), pd.concat(sums, ignore_index=True), corrected


def _labels(known: pd.DataFrame, corrected: pd.DataFrame) -> Labels:
    """The rated feedbacks, then the corrected statements; a statement is no evidence on its own feedback, nor a text on its double."""
    group, _bodies = pd.factorize(known["body"])
    of_feedback = dict(zip(known["feedback"], group, strict=True))
    said = [of_feedback.get(feedback, len(known) + n) for n, feedback in enumerate(corrected["feedback"])]
    counts = np.r_[np.ones(len(known)), np.full(len(corrected), CORRECTION_COUNTS)]
    side = np.r_[np.sign(known["rated"].to_numpy(float)), corrected["label"].map(SIDES).to_numpy(float)]
    return Labels(side, counts, np.arange(len(side)) < len(known), np.r_[group, np.array(said, np.int64)])


def _moved(units: pd.DataFrame, leans: dict[str, int]) -> pd.DataFrame:
    """The words that `leans` moves, one row per lemma, as most often written: word, shift, n; first what moves most, shift × n."""
    analyser = words.shipped()
    shifts = {word: adjusting.shift(analyser, leans, word) / UNIT for word in units["word"].unique()}
    found = units.assign(shift=units["word"].map(shifts))
    found = found[found["shift"] != 0]
    found = found.assign(
        lemma=found["word"].map({w: adjusting.features(analyser, w)[0] for w in found["word"].unique()})
    )
    usual = found.groupby(["lemma", "written", "shift"]).size().rename("times").reset_index()
    usual = usual.sort_values(["lemma", "times", "written"], ascending=[True, False, True]).drop_duplicates("lemma")
    told = usual.set_index("lemma")[["written", "shift"]].rename(columns={"written": "word"})
    told = told.join(found.groupby("lemma")["text"].nunique().rename("n"))
    order = (told["shift"].abs() * told["n"]).sort_values(ascending=False, kind="stable").index
    return told.loc[order].reset_index(drop=True)
