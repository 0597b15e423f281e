"""Rights of the people behind the feedback: everything about one customer, erasure, retention, and masking again by better rules.

What is deleted here stands nowhere in the database file afterwards (`Store.erasing`). Every action leaves one line in the audit, which
names a customer by the beginning of the pseudonym only.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

from cx.errors import AskError
from cx.ingest import privacy
from cx.ingest.importing import CHUNK, QUERIES, Progress, audit, kept, now
from cx.ingest.rescoring import reread
from cx.language import _
from cx.model.columns import Mapping
from cx.store import Session, Store, sql

BEGINNING = re.compile(r"[0-9a-f]{8,16}")  # of a pseudonym, as the pages show it
PSEUDONYM = re.compile(r"[0-9a-f]{16}")
AUDITED = 4  # characters of a pseudonym in the audit: 65,536 possible ones, no key to a person
MONTHS_MOST = 600
TABLES = ("feedback", "texts", "answers", "statements", "corrections", "rejects")


@dataclass(frozen=True, eq=False)
class CustomerData:
    """Everything that is stored of one customer, all versions, those of undone uploads too.

    `feedback`: one row per version: id, batch, live, the columns of the table feedback, file_name, imported_at, undone_at.
    The others name it by `feedback`. `texts`: field, question, text. `answers`: header, wording, native, score (−1 … 1).
    `statements`: text, label, polarity, and per aspect dimension, aspect, aspect_label, aspect_polarity, evidence. `corrections`:
    text, dimension, aspect, label, read_as, made_at. `rejects`: one row per cell of a refused row: batch, file_name, line, reason,
    header, cell.
    """

    customer_key: str
    feedback: pd.DataFrame
    texts: pd.DataFrame
    answers: pd.DataFrame
    statements: pd.DataFrame
    corrections: pd.DataFrame
    rejects: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The frames by name, as cx.report.personal.customer_file takes them."""
        return {name: getattr(self, name) for name in TABLES}


def customer_data(store: Store, key: bytes, customer: str) -> CustomerData:
    """Everything about one customer (Art. 15 DSGVO), found by what the files call them (name, e-mail, number), by the pseudonym or by
    its first eight characters. Texts are masked, as stored. Raises AskError where nothing is stored, or where several begin so.
    """
    with store.writing() as session:
        found = _find(session, key, customer)
        data = CustomerData(
            found,
            **{name: session.frame(sql(QUERIES / f"personal_{name}.sql")) for name in TABLES},
        )
        audit(session, "export_customer", _hint(found), len(data.feedback))
    return data


def erase_customer(store: Store, key: bytes, customer: str) -> int:
    """Delete everything about one customer for good (Art. 17 DSGVO), in one transaction and from the file; how many feedbacks went.

    Uploads keep the counts of what they once brought. What an upload has learned from its ratings stays: it is about words that ten or
    more texts share. Raises AskError as `customer_data` does, StoreError where the file could not be written anew.
    """
    with store.erasing() as session:
        found = _find(session, key, customer)
        n = int(session.value("SELECT count(*) FROM personal"))
        session.run(sql(QUERIES / "erase.sql"))
        audit(session, "erase_customer", _hint(found), n)
    return n


def retain(store: Store, months: int) -> int:
    """Delete texts, replies and words of own feedback that is older than `months`, and refused rows of uploads that are; how many
    feedbacks lost their text or reply. Undated feedback counts from its import.

    Scores, pillars, touchpoints and groups stay; so do statements and mentions, without a word of the text. A second call finds nothing.
    Raises AskError where `months` is no whole number from 1 to 600.
    """
    if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= MONTHS_MOST:
        raise AskError(_("Nennen Sie die Frist in ganzen Monaten, von 1 bis {most}.").format(most=MONTHS_MOST))
    age = {"now": now(), "months": months}
    with store.reading() as session:
        session.run(sql(QUERIES / "outdated.sql"), **age)
        due = session.value("SELECT (SELECT count(*) FROM outdated) + (SELECT count(*) FROM outdated_reject)")
    with store.erasing() if due else store.writing() as session:
        session.run(sql(QUERIES / "outdated.sql"), **age)
        n = int(session.value("SELECT count(*) FROM outdated"))
        session.run(sql(QUERIES / "retain.sql"))
        audit(session, "retain", str(months), n)
    return n


def audited(store: Store) -> pd.DataFrame:
    """What was done to stored feedback, newest first: done_at (UTC), action, subject, feedbacks."""
    return store.frame("audit")


def _find(session: Session, key: bytes, customer: str) -> str:
    """The pseudonym of a customer who is stored; leaves the temp tables personal and personal_reject."""
    written = " ".join(customer.split())
    if not written:
        raise AskError(
            _("Nennen Sie den Kunden so, wie er in den Dateien heißt: Name, E-Mail-Adresse oder Kundennummer.")
        )
    beginning = written.lower() if BEGINNING.fullmatch(written.lower()) else ""
    [pseudonym] = privacy.pseudonym(key, pd.Series([written]))
    found = session.frame(sql(QUERIES / "customers.sql"), pseudonym=pseudonym, beginning=beginning)["customer_key"]
    if found.empty:
        message = _(
            "Zu dieser Angabe ist nichts gespeichert. Versuchen Sie es mit Name, E-Mail-Adresse und Kundennummer, "
            "so wie sie in den Dateien stehen, oder mit dem Pseudonym."
        )
        raise AskError(message)
    if len(found) > 1:
        raise AskError(_("Mehrere Pseudonyme beginnen so. Nennen Sie es ganz."))
    session.run(sql(QUERIES / "personal.sql"), customer_key=str(found.iloc[0]))
    return str(found.iloc[0])


def _hint(pseudonym: str) -> str:
    return f"{pseudonym[:AUDITED]} …"


# --- masking again


def needs_remasking(store: Store) -> bool:
    """Whether any upload was masked by other rules than the present ones."""
    with store.reading() as session:
        return not session.frame(sql(QUERIES / "to_remask.sql"), privacy_rules=privacy.RULES_VERSION).empty


def remask(store: Store, progress: Progress | None = None) -> int:
    """Mask stored texts, replies and refused rows by the present rules and read anew what changes, in one transaction and in the file;
    how many feedbacks changed. Corrections move with their text. `progress(done, total, what)` is called on the way.

    Names from the name columns of the files are not stored, so only the rules that need none can find more.
    """
    tell = progress or (lambda done, total, what: None)
    with store.erasing() if needs_remasking(store) else store.writing() as session:
        outdated = session.frame(sql(QUERIES / "to_remask.sql"), privacy_rules=privacy.RULES_VERSION)
        changed: set[int] = set()
        reread_ids: set[int] = set()
        for place, upload in enumerate(outdated.itertuples()):
            tell(place, len(outdated), _("Uploads"))
            counts = dict(upload.masked)
            texts = _changed(session, "masked_texts", int(upload.batch), counts)
            replies = _changed(session, "masked_replies", int(upload.batch), counts)
            _remask_rejects(session, int(upload.batch))
            _store_remasked(session, texts, replies)
            _store_counts(session, int(upload.batch), counts)
            reread_ids |= {int(feedback) for feedback in texts["feedback"]}
            changed |= reread_ids | {int(feedback) for feedback in replies["id"]}
        if len(outdated):
            _remask_names(session)
        if reread_ids:
            reread(session, sorted(reread_ids), tell=tell)
        audit(session, "remask", privacy.RULES_VERSION, len(changed))
    return len(changed)


def _changed(session: Session, query: str, batch: int, counts: dict[str, int]) -> pd.DataFrame:
    """The rows of a query file that the rules change, with `before` and `text`; `counts` grows by the places found."""
    after, found = -1, []
    while True:
        rows = session.frame(sql(QUERIES / f"{query}.sql"), batch=batch, after=after, size=CHUNK)
        masked = privacy.mask(rows["text"])
        found.append(rows.assign(before=rows["text"], text=masked.texts)[masked.texts != rows["text"]])
        for kind, places in masked.counts.items():
            counts[kind] = counts.get(kind, 0) + places
        if len(rows) < CHUNK:
            return pd.concat(found, ignore_index=True)
        after = int(rows["id"].iloc[-1])


def _remask_rejects(session: Session, batch: int) -> None:
    refused = session.frame("SELECT line, reason, cells FROM reject WHERE batch = $batch ORDER BY line", batch=batch)
    if refused.empty:
        return
    cells = [dict(each) for each in refused["cells"]]
    again = pd.DataFrame(
        {
            "line": refused["line"],
            "reason": privacy.mask(refused["reason"]).texts,
            "names": [[privacy.mask_text(header) for header in each] for each in cells],
            "written": [[_masked_cell(cell) for cell in each.values()] for each in cells],
        }
    )
    session.run("DELETE FROM reject WHERE batch = $batch", batch=batch)
    with session.given(refused=again):
        session.run(sql(QUERIES / "rejects.sql"), batch=batch)


def _remask_names(session: Session) -> None:
    """Groups, questions, file names and mappings: few different ones, so all of them."""
    groups = session.frame(
        "SELECT DISTINCT unnest([source, channel, product, location]) AS before FROM feedback"
    ).dropna()
    uploads = session.frame("SELECT id, source, file_name, mapping FROM batch")
    asked = session.frame("SELECT id, header, wording FROM question")
    known = session.frame("SELECT headers, mapping FROM mapping_memory")
    for found, columns, mask in (
        (uploads, ["source"], privacy.mask_contact),
        (uploads, ["file_name"], privacy.mask_file_name),
        (asked, ["header", "wording"], privacy.mask_text),
        (uploads, ["mapping"], _masked_mapping),
        (known, ["mapping"], _masked_mapping),
    ):
        found[columns] = found[columns].map(mask)
    with session.given(
        regrouped=groups.assign(after=groups["before"].map(privacy.mask_contact)),
        renamed=uploads,
        reworded=asked,
        remembered=known,
    ):
        session.run(sql(QUERIES / "remasked_names.sql"))


def _masked_mapping(written: str) -> str:
    return kept(Mapping.from_json(written))


def _masked_cell(cell: str) -> str:
    return cell if PSEUDONYM.fullmatch(cell) else privacy.mask_text(cell)


def _store_remasked(session: Session, texts: pd.DataFrame, replies: pd.DataFrame) -> None:
    with session.given(
        remasked_text=texts[["id", "text"]],
        remasked_reply=replies[["id", "text"]],
        remasked_correction=_moved_corrections(session, texts),
    ):
        session.run(sql(QUERIES / "remasked.sql"))


def _store_counts(session: Session, batch: int, counts: dict[str, int]) -> None:
    found = {kind: places for kind, places in counts.items() if places}
    session.run(
        sql(QUERIES / "remasked_batch.sql"),
        batch=batch,
        privacy_rules=privacy.RULES_VERSION,
        kinds=list(found),
        places=list(found.values()),
    )


def _moved_corrections(session: Session, texts: pd.DataFrame) -> pd.DataFrame:
    """Where the corrections of changed texts stand now: id, start, stop (NA where nothing of their place is left)."""
    made = session.frame("SELECT id, feedback, field, ordinal, start, stop FROM correction")
    hit = made.merge(texts[["feedback", "field", "ordinal", "before", "text"]], on=["feedback", "field", "ordinal"])
    places = [_moved(row.before, row.text, int(row.start), int(row.stop)) for row in hit.itertuples()]
    moved = pd.DataFrame(places, columns=["start", "stop"], dtype="Int64")
    return pd.concat([hit["id"].astype("int64"), moved], axis=1)


def _moved(before: str, after: str, start: int, stop: int) -> tuple[int | None, int | None]:
    """The place in `after` of what was from `start` to `stop` in `before`; a bound within what was masked goes outwards."""
    pieces = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    first, last = None, None
    for kind, low, high, new_low, new_high in pieces:
        if low <= start < high:
            first = new_low + (start - low if kind == "equal" else 0)
        if low < stop <= high:
            last = new_low + stop - low if kind == "equal" else new_high
    return (first, last) if first is not None and last is not None and first < last else (None, None)
