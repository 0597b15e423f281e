"""The front door: open a database, import files, ask. Usable from a notebook without Streamlit."""

import copy
import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from cx.analysis import (
    asking,
    drivers,
    lenses,
    ordinal,
    overview,
    pillars,
    query,
    segments,
    series,
    stars,
    themes,
    weighting,
)
from cx.analysis.lenses import LensView
from cx.analysis.pillars import Across, PillarMap, TouchpointMap
from cx.analysis.themes import Contrast, Themes
from cx.analysis.weighting import Weighting
from cx.charts.wording import Against
from cx.errors import AskError, FileError
from cx.ingest import adjusting, doubts, importing, mapping, privacy, reading, rescoring, rights, rows
from cx.ingest.adjusting import Proposal
from cx.ingest.importing import ImportReport
from cx.ingest.reading import Export
from cx.ingest.rights import CustomerData
from cx.language import _
from cx.model.columns import Mapping
from cx.model.correction import Correction
from cx.model.filter import Filter
from cx.model.kpi import Kpi, Outcome, Predictors
from cx.model.limits import CONTRADICTION_RATED, CONTRADICTION_WORDED, DETRACTOR_MAX, PROMOTER_MIN
from cx.model.segment import By
from cx.model.step import Step
from cx.model.survey import Doubt
from cx.model.targets import Targets
from cx.model.taxonomy import LensKey
from cx.report import export, personal, reproduce, stock, views
from cx.report.stock import Stock
from cx.stats import kpis, shares
from cx.stats.drivers import Explained
from cx.stats.series import Series
from cx.store import Store, recording
from cx.text import causes
from cx.text.engines import OURS

DATABASE = "data/workspace/cx.duckdb"
DEMO = Path(__file__).parents[1] / "data" / "demo" / "feedback.csv"
PAGE_SIZE = 50
EXPORT_ROWS = 100_000  # a selection larger than this is cut in the export, and the file says so
VOICES_WINDOW = 3  # so many feedbacks per statement of the pages so far are looked through first: 73 instead of 469 ms of CPU at a million
EVERY_FEEDBACK = 2**62
MOVEMENTS = 3
QUERY_ROWS = 1_000  # of a query that somebody writes, as far as it is shown
QUERY_S = 1.0
RATED_SAMPLE = 3_000  # texts that are checked against their stars: intervals of ±2 points; another engine may take 10 s
EVERYTHING = Filter()


class Workspace:
    """One database of feedback. Made by `cx.open`; every method that takes a Filter answers for that selection."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        """Open or create the database; raises StoreError where the file is in use, foreign or newer."""
        self._store = Store(path)
        in_memory = self._store.path == ":memory:"
        self._last_changes: tuple[tuple[int, Filter], pd.DataFrame] | None = None
        self._last_proposal: tuple[tuple[int, int], Proposal] | None = None
        self._key = secrets.token_bytes(32) if in_memory else privacy.load_key(Path(f"{path}.key"))

    # -- files in -----------------------------------------------------------------------------------------------------

    def open_exports(
        self, file: Path | str | bytes | BinaryIO, name: str = "", sheet: str | None = None
    ) -> list[Export]:
        """The tables of an export file, open for reading: one, or those of a ZIP archive. `sheet`: of a workbook with several.

        Raises FileError where it holds no table.
        """
        source = Path(file) if isinstance(file, str) else file
        return reading.open_exports(source, name or (source.name if isinstance(source, Path) else ""), sheet)

    def propose(self, export: Export) -> Mapping:
        """Which column stands for what: as confirmed for this layout before, else guessed from headers and values."""
        return importing.recall(self._store, export) or mapping.propose(export)

    def needs(self, export: Export, chosen: Mapping) -> frozenset[mapping.Need]:
        """What the file does not say and the user should: a channel, an export date."""
        return mapping.needs(export, chosen)

    def preview(self, export: Export, chosen: Mapping) -> pd.DataFrame:
        """The first ten rows as they would be stored, personal data masked."""
        return rows.preview(export.head, chosen, self._key)

    def doubtful(self, export: Export, chosen: Mapping) -> dict[Doubt, int]:
        """How many of the first rows are doubtful responses, by reason; only reasons that occur."""
        found = doubts.rules(export, chosen).of(export.head).sum()
        return {Doubt(doubt): int(n) for doubt, n in found.items() if n}

    def masking(self, export: Export, chosen: Mapping) -> tuple[dict[str, int], list[str]]:
        """What will be masked in the first rows: places by kind of personal data, and examples, masked already."""
        return rows.masking(export.head, chosen, self._key)

    def import_export(
        self, export: Export, chosen: Mapping, progress: Callable[[int, int, str], None] | None = None
    ) -> ImportReport:
        """Import in one transaction, remember the mapping for this layout, and report what happened."""
        return importing.import_export(self._store, export, chosen, self._key, progress=progress)

    def import_file(
        self,
        file: Path | str | bytes | BinaryIO,
        chosen: Mapping | None = None,
        *,
        name: str = "",
        sheet: str | None = None,
        channel: str | None = None,
        source: str | None = None,
        export_date: date | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> ImportReport:
        """Read, map and import an export file. Without `chosen` the proposed mapping is taken.

        `channel`, `source` and `export_date` (relative dates count back from it; default today) fill what the file does
        not say. Raises FileError where there is nothing to import, or several tables; the database is then untouched.
        """
        export = self._only(self.open_exports(file, name, sheet))
        base = chosen or self.propose(export)
        filled = replace(
            base,
            channel=channel or base.channel,
            source=source or base.source,
            export_date=export_date or base.export_date or date.today(),
        )
        return self.import_export(export, filled, progress)

    @staticmethod
    def _only(exports: list[Export]) -> Export:
        if len(exports) > 1:
            message = _("Das Archiv enthält {n} Tabellen. Importieren Sie jede für sich (open_exports, import_export).")
            raise FileError(message.format(n=len(exports)))
        return exports[0]

    def load_demo(self, progress: Callable[[int, int, str], None] | None = None) -> ImportReport:
        """Import the fictional demo data the way any file is imported; refused where there is own feedback."""
        [export] = self.open_exports(DEMO)
        return importing.import_export(
            self._store, export, mapping.propose(export), self._key, demo=True, progress=progress
        )

    def batches(self) -> pd.DataFrame:
        """The uploads, newest first (columns: queries/batches.sql)."""
        return self._store.frame("batches")

    def undo(self, batch: int) -> int:
        """Take exactly one upload out of every number; how many feedbacks went. What it had updated is as before. Raises AskError for an
        unknown batch."""
        return importing.undo(self._store, batch)

    def redo(self, batch: int) -> int:
        """Bring an undone upload back; how many feedbacks came. Raises AskError where it is not undone."""
        return importing.redo(self._store, batch)

    def purge(self, batch: int) -> int:
        """Delete an undone upload for good; how many feedbacks went. Raises AskError where it is not undone."""
        return importing.purge(self._store, batch)

    # -- personal data and stock --------------------------------------------------------------------------------------

    def export_customer(self, customer: str, form: str = "json") -> bytes:
        """Everything about one customer as a file ("json", "xlsx", or "csv": a ZIP), found by name, e-mail address or number as the
        files have it, or by the pseudonym. Raises AskError where nothing is stored."""
        return personal.customer_file(rights.customer_data(self._store, self._key, customer).tables(), form)

    def customer_data(self, customer: str) -> CustomerData:
        """The same as frames."""
        return rights.customer_data(self._store, self._key, customer)

    def erase_customer(self, customer: str) -> int:
        """Delete everything about one customer for good, from the file too; how many feedbacks went. Raises AskError where nothing is
        stored."""
        return rights.erase_customer(self._store, self._key, customer)

    def retain(self, months: int) -> int:
        """Delete the texts of own feedback older than `months`, keep its scores; how many feedbacks lost a text or reply. Raises
        AskError for nonsense."""
        return rights.retain(self._store, months)

    def needs_remasking(self) -> bool:
        """Whether any upload was masked by other rules than the present ones."""
        return rights.needs_remasking(self._store)

    def remask(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Mask what is stored by the present rules, read anew what changes; how many feedbacks changed."""
        return rights.remask(self._store, progress)

    def audit(self) -> pd.DataFrame:
        """What was done to stored feedback, newest first: done_at (UTC), action, subject, feedbacks."""
        return rights.audited(self._store)

    def stock(self) -> Stock:
        """What every upload holds and how good it is, and the whole (cx.report.stock.Stock)."""
        return stock.stock(self._store)

    # -- reading again ------------------------------------------------------------------------------------------------

    def is_outdated(self) -> bool:
        """Whether stored texts were read by an older reader or taxonomy than the present one."""
        return rescoring.is_outdated(self._store)

    def rescore(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Read all stored texts again in one transaction; corrections stay. Gives back how many feedbacks have text."""
        return rescoring.rescore(self._store, progress)

    def correct(self, statement: int, *corrections: Correction) -> None:
        """Say it better than the reader: `ws.correct(17, cx.Correction("negative"))` for the label of a statement (its id in
        `voices`), `cx.Correction("none", "pillar", "trust")` for an aspect. The feedback is scored anew at once; the
        statement gets a new id. Raises AskError for an unknown statement, aspect or label.
        """
        rescoring.correct(self._store, statement, corrections)

    def withdraw_correction(self, *corrections: int) -> None:
        """Take corrections (their ids) back. Raises AskError where one is unknown."""
        rescoring.withdraw(self._store, corrections)

    def corrections(self) -> pd.DataFrame:
        """Everything that people have corrected, newest first (columns: queries/corrections.sql)."""
        return self._store.frame("corrections")

    # -- learning from own ratings ------------------------------------------------------------------------------------

    def rated_batches(self) -> pd.DataFrame:
        """Own uploads with how many good and bad ratings their texts have, whether these suffice to learn from, and what was
        learned (columns: cx.ingest.adjusting.rated)."""
        return adjusting.rated(self._store)

    def propose_adjustment(self, batch: int, progress: Callable[[int, int, str], None] | None = None) -> Proposal:
        """What the ratings of an upload (stars, else NPS, else CSAT) and its corrected statements teach about words, and what that
        brings on feedback held out. Changes nothing; the same data give the same answer, the last one is kept. Raises AskError
        for an unknown upload or where there is too little to learn from.
        """
        asked = self.version(), int(batch)
        if (kept := self._last_proposal) and kept[0] == asked:
            return kept[1]
        found = adjusting.propose(self._store, batch, progress)
        self._last_proposal = asked, found
        return found

    def apply_adjustment(self, batch: int, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Read the upload's texts again with what its ratings teach, in one transaction; how many feedbacks have text.

        Polarity and label of its statements and feedback follow; mentions, pillars and drivers stay as they are. Raises AskError
        where the gain is not real, and where `propose_adjustment` does.
        """
        return adjusting.apply(self._store, self.propose_adjustment(batch, progress), progress)

    def withdraw_adjustment(self, batch: int, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Take back what an upload has learned; its texts are what the reader says again. Raises AskError where nothing was."""
        return adjusting.withdraw(self._store, batch, progress)

    # -- state --------------------------------------------------------------------------------------------------------

    def version(self) -> int:
        """Rises with every write: what was computed for an older version is stale."""
        return self._store.version

    def extent(self, selection: Filter = EVERYTHING) -> pd.Series:
        """How much is selected (columns: queries/extent.sql)."""
        return asking.extent(self._store, selection)

    def is_demo(self) -> bool:
        """Is what is shown fictional?"""
        uploads = self.batches()
        return bool(len(uploads)) and bool(uploads["demo"].any())

    def choices(self) -> pd.DataFrame:
        """What the filters can choose from, and the rated questions of surveys (dimension "question"): dimension, value, n."""
        return self._store.frame("choices")

    def close(self) -> None:
        """Let go of the database file."""
        self._store.close()

    # -- numbers ------------------------------------------------------------------------------------------------------

    def levels(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """One row per KPI (nps, csat, ces, rating, polarity): value, low, high, n, variant (of the CES). Units as in cx.stats.kpis."""
        return overview.levels(self._store, selection)

    def answers(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """How many answers each KPI has: kpi, n, variant (of the CES)."""
        return overview.answers(self._store, selection)

    def kpis(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """The levels, and, where there is a period to compare with, before, n_before, change, change_low, change_high, p, real.

        Without a period in the selection the change is that of the last three full months. `real` is tested together with all
        movements of the selection.
        """
        return overview.with_changes(self.levels(selection), self._changes(selection))

    def trends(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """Every KPI by month: month (date), kpi, value, low, high, n. Months ascending."""
        return overview.trends(self._store, selection)

    def trend(self, kpi: str = Kpi.NPS, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """One KPI by month: month (date), value, low, high, n."""
        wanted, found = asking.known(Kpi, kpi), self.trends(selection)
        return found[found["kpi"] == wanted].drop(columns="kpi").reset_index(drop=True)

    def channels(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """Every KPI of every channel: channel, kpi, value, low, high, n."""
        return overview.channels(self._store, selection)

    def pillars(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """One row per pillar that is named: pillar, n, negative, positive, base, value, low, high (−1…1), share, share_low,
        share_high (of feedback with text). Best first."""
        return overview.pillars(self._store, selection)

    def touchpoints(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """The same columns, one row per touchpoint that is named."""
        return overview.touchpoints(self._store, selection)

    def pillar_map(self, selection: Filter = EVERYTHING) -> PillarMap:
        """The pillars by channel and by month, each tested against the rest of its pillar: frames `channels` and `months`."""
        return pillars.pillar_map(self._store, selection)

    def touchpoint_map(self, selection: Filter = EVERYTHING, across: str = Across.PILLARS) -> TouchpointMap:
        """The touchpoints crossed with "pillars" or "channels" and along the journey: frames `cells`, `phases`, `touchpoints`."""
        return pillars.touchpoint_map(self._store, selection, across)

    def lens(self, key: str = LensKey.MODULES, selection: Filter = EVERYTHING) -> LensView:
        """The same mentions through another model ("modules", "value", "four_c", "stages", "ux"): frames `groups`, `difference`."""
        return lenses.lens(self._store, selection, key)

    def themes(self, selection: Filter = EVERYTHING, against: str = Against.REST) -> Themes:
        """The words, word pairs and families of compounds that tell the selection from the "rest", critical from "praise", or the latest
        months from all "before" (`contrast`), and what rises in these months (`rising`); all tested together. Each a
        cx.analysis.themes.Contrast, or None where there is nothing to compare. Raises AskError for an unknown `against`."""
        return themes.themes(self._store, selection, against)

    def theme_choices(self, selection: Filter = EVERYTHING) -> tuple[str, ...]:
        """What `themes` can hold this selection against."""
        return themes.possible(self._store, selection)

    def latest(self, selection: Filter = EVERYTHING) -> tuple[date, date] | None:
        """First and last day of the months that `themes` calls the latest; None where nothing lies before them."""
        return themes.recent(self._store, selection)

    def words_between(self, a: Filter, b: Filter) -> Contrast:
        """What tells two selections apart that share no feedback, for instance before and after a day (cx.analysis.themes.Contrast)."""
        return themes.compare(self._store, a, b)

    def series(self, measure: str = Kpi.NPS, selection: Filter = EVERYTHING, step: str = "") -> Series:
        """A KPI or pillar by "day", "week" or "month" ("": by the length of the time) with control limits and the shifts of its level, and
        which other measures have shifted (cx.stats.series.Series). Raises AskError for an unknown measure or step."""
        return series.series(self._store, selection, measure, step)

    def words_around(
        self, measure: str = Kpi.NPS, selection: Filter = EVERYTHING, step: str = "", day: str = ""
    ) -> Contrast:
        """What was said more often after and before an event of `series` that begins on `day` ("2026-08-01"; "": the clearest). Raises
        AskError where nothing has really changed there."""
        return series.said(self._store, selection, measure, step, day)

    def steps(self, selection: Filter = EVERYTHING) -> tuple[Step, ...]:
        """The intervals that `series` can cut this selection into."""
        return series.possible(self.extent(selection))

    def movements(self, selection: Filter = EVERYTHING, limit: int = MOVEMENTS) -> pd.DataFrame:
        """The largest real changes over all KPIs and pillars, as a whole and per channel (columns: cx.stats.kpis.movements).

        `part` is the channel, "" for the whole. Empty where nothing passed the test or there is nothing to compare.
        """
        return kpis.movements(self._changes(selection), limit)

    def compared(self, selection: Filter = EVERYTHING) -> tuple[Filter, Filter] | None:
        """The period whose change is shown and the one before it (agreement 2); None where there is nothing to compare."""
        return asking.compared(self._store, selection)

    def compare(
        self, by: str = By.CHANNEL, selection: Filter = EVERYTHING, parts: tuple[str, ...] = (), kpi: str = Kpi.NPS
    ) -> segments.Comparison:
        """Segments of the selection compared by all KPIs and pillars, channels by their consistency, and the change of `kpi` split into mix
        and level, all tested together (cx.analysis.segments.Comparison). `by`: a cx.model.segment.By ("channel", "product", "month",
        "segment" for saved ones …); `parts`: only these. Raises AskError for an unknown `by` or `kpi`."""
        return segments.compare(self._store, by, selection, parts, kpi)

    def periods(self, by: str, selection: Filter = EVERYTHING) -> list[str]:
        """The first days ("2026-07-01") of the months, quarters or years (`by`) that hold feedback."""
        return segments.periods(self._store, by, selection)

    def segments(self) -> pd.DataFrame:
        """The saved segments: name, selection (Filter), made_at (UTC)."""
        return segments.segments(self._store)

    def save_segment(self, name: str, selection: Filter) -> str:
        """Keep a selection under a name; the name as kept. Raises AskError where the name is empty, too long or taken, or nothing is
        selected."""
        return segments.save(self._store, name, selection)

    def delete_segment(self, name: str) -> None:
        """Delete a saved segment. Raises AskError where there is none of that name."""
        segments.delete(self._store, name)

    def drivers(
        self, outcome: str = Outcome.NPS, selection: Filter = EVERYTHING, predictors: str = Predictors.PILLARS
    ) -> pd.DataFrame:
        """What drives `outcome` (nps, csat, ces, rating): one row per pillar, touchpoint or item (columns: cx.analysis.drivers.explained)."""
        return self.explained(outcome, selection, predictors).drivers

    def explained(
        self, outcome: str = Outcome.NPS, selection: Filter = EVERYTHING, predictors: str = Predictors.PILLARS
    ) -> Explained:
        """The same with what it rests on: feedback with text against without, incomplete answers (cx.stats.drivers.Explained)."""
        return drivers.explained(self._store, outcome, selection, predictors)

    def ordinal(
        self, outcome: str = Outcome.NPS, selection: Filter = EVERYTHING, predictors: str = Predictors.PILLARS
    ) -> pd.DataFrame:
        """The adjusted effects beside those of an ordinal model: does the answer hang on the scale? (columns: cx.analysis.ordinal.ordered)."""
        return ordinal.ordered(self._store, outcome, selection, predictors)

    def ahead(self, outcome: str, selection: Filter = EVERYTHING) -> None:
        """Begin to ask what `drivers` and `touchpoints` rest on, while the page draws what stands above them."""
        drivers.ahead(self._store, outcome, selection)
        overview.ahead(self._store, selection)

    def composition(self, selection: Filter = EVERYTHING) -> pd.DataFrame:
        """What the selection is made of: dimension (channel, product, location), value, n, share (0…1). Most frequent first."""
        return weighting.composition(self._store, selection)

    def weighted(self, targets: Targets, selection: Filter = EVERYTHING) -> Weighting:
        """The key figures weighted to known shares in percent, `ws.weighted({"channel": {"App": 40, "Telefon": 60}})`, beside the plain
        ones, with the weights and what they cost (cx.analysis.weighting.Weighting). Raises AskError where no weights meet the shares.
        """
        return weighting.weighted(self._store, targets, selection)

    def coverage(self, selection: Filter = EVERYTHING) -> pd.Series:
        """How many statements name at least one aspect: statements, covered."""
        return self._store.frame("coverage", filter=selection.parameter()).iloc[0]

    def against_stars(self, selection: Filter = EVERYTHING, engine: str = OURS) -> pd.DataFrame:
        """What stars speak for beside what the words were read as: wanted, got (labels), polarity, total (feedbacks that have both).

        Of more than RATED_SAMPLE feedbacks a fixed sample. Our engine speaks without what people have corrected and what was
        learned from these very stars; other engines read the texts now. Feed the frame to cx.text.quality.levels or confusion.
        Raises AskError for an unknown engine.
        """
        return stars.against_stars(self._store, selection, engine, RATED_SAMPLE)

    # -- voices -------------------------------------------------------------------------------------------------------

    def voices(self, selection: Filter = EVERYTHING, page: int = 0, size: int = PAGE_SIZE) -> pd.DataFrame:
        """One page of statements, newest first (columns: queries/voices.sql)."""
        offset = max(page, 0) * size
        for window in (VOICES_WINDOW * (offset + size), EVERY_FEEDBACK):
            found = self._store.frame("voices", filter=selection.parameter(), size=size, offset=offset, window=window)
            if len(found) == size:
                break
        return found

    def voice_counts(self, selection: Filter = EVERYTHING) -> pd.Series:
        """How many statements and feedbacks match, and the statements by label (columns: queries/voice_counts.sql)."""
        return self._store.frame("voice_counts", filter=selection.parameter()).iloc[0]

    def contradictions(self, selection: Filter = EVERYTHING, page: int = 0, size: int = PAGE_SIZE) -> pd.DataFrame:
        """One page of feedback whose words and rating disagree strongly, strongest first (columns:
        queries/contradictions.sql, and cause: a cx.model.contradiction.Cause, "" where no rule supports one)."""
        found = self._store.frame(
            "contradictions", size=size, offset=max(page, 0) * size, **_contradiction_parameters(selection)
        )
        explained = self.explain(list(found["text"]), list(found["batch"]))
        return found.assign(cause=causes.causes(explained, found["rated"]))

    def contradiction_share(self, selection: Filter = EVERYTHING) -> pd.Series:
        """How many feedbacks contradict themselves: value, low, high (share of those with read text and rating), n, base."""
        counts = self._store.frame("contradiction_counts", **_contradiction_parameters(selection)).iloc[0]
        found = shares.wilson(int(counts["n"]), int(counts["base"]))
        return pd.Series(
            {"value": found.value, "low": found.low, "high": found.high, "n": counts["n"], "base": counts["base"]}
        )

    def feedback(self, feedback: int) -> pd.DataFrame:
        """One feedback with all its texts, a row each (columns: queries/feedback_whole.sql). Raises AskError if unknown."""
        found = self._store.frame("feedback_whole", feedback=int(feedback))
        if found.empty:
            raise AskError(_("Dieses Feedback gibt es nicht mehr. Laden Sie die Seite neu."))
        return found

    def explain(self, texts: list[str], batches: int | list[int] | None = None) -> pd.DataFrame:
        """The words and rules behind the scores of `texts` (columns: cx.text.explain_many).

        `batches`: the upload of all texts, or of each; what it has learned from its own ratings has the rule "learned_here".
        """
        owners = batches if isinstance(batches, list) else [batches] * len(texts)
        return adjusting.explain(self._store, texts, owners)

    def export(self, selection: Filter = EVERYTHING, form: str = "csv") -> bytes:
        """The statements of a selection as a file ("csv" or "xlsx"), formulas neutralised."""
        found = self.voices(selection, size=EXPORT_ROWS)
        return export.voices_file(found, form)

    def export_contradictions(self, selection: Filter = EVERYTHING, form: str = "csv") -> bytes:
        """The same for the contradictions of a selection, strongest first."""
        return export.contradictions_file(self.contradictions(selection, size=EXPORT_ROWS), form)

    # -- queries of one's own -----------------------------------------------------------------------------------------

    def query(
        self, sql: str, selection: Filter = EVERYTHING, seconds: float = QUERY_S, rows: int = QUERY_ROWS
    ) -> pd.DataFrame:
        """The first `rows` rows of one SELECT over the views of `schema`; `selection` is what the view auswahl holds. Ends after `seconds`.

        Raises QueryError where it is refused (anything but reading these views), fails, takes too long or needs too much memory.
        """
        return query.answer(self._store, sql, selection, seconds, rows)

    def schema(self) -> pd.DataFrame:
        """What `query` can name: view, column ("" in the row of the view itself), type, description."""
        return views.described(self._store.reachable_columns())

    def export_query(
        self, sql: str, selection: Filter = EVERYTHING, seconds: float = QUERY_S, form: str = "csv"
    ) -> bytes:
        """The answer of `query`, up to EXPORT_ROWS rows, as a file ("csv" or "xlsx"), formulas neutralised."""
        return export.answer_file(self.query(sql, selection, seconds, EXPORT_ROWS), form)

    def sql(self, method: str, *arguments: Any, **named: Any) -> list[str]:
        """The SELECTs behind an answer, with their values in place: `ws.sql("pillars", selection)` for those of `ws.pillars(selection)`.
        They run in `query` and in DuckDB."""
        afresh = copy.copy(self)
        afresh._last_changes = None
        with recording() as asked:
            getattr(afresh, method)(*arguments, **named)
        return reproduce.queries(asked)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _changes(self, selection: Filter) -> pd.DataFrame:
        """The last answer of cx.analysis.overview.changes is kept: key figures and movements of one page are the same changes."""
        asked = self.version(), selection
        if (kept := self._last_changes) and kept[0] == asked:
            return kept[1]
        changes = overview.changes(self._store, selection)
        self._last_changes = asked, changes
        return changes


def _contradiction_parameters(selection: Filter) -> dict[str, Any]:
    return {
        "filter": selection.parameter(),
        "rated": CONTRADICTION_RATED,
        "worded": CONTRADICTION_WORDED,
        "promoter_min": PROMOTER_MIN,
        "detractor_max": DETRACTOR_MAX,
    }


def default_path() -> str:
    """The database of the app and the command line: CX_DATABASE, else below the current folder."""
    return os.environ.get("CX_DATABASE") or DATABASE


def open(path: str | Path = ":memory:") -> Workspace:
    """The workspace in the file `path`, made where there is none; ":memory:" keeps everything in memory."""
    return Workspace(path)
