"""The command line: import files and look after the stored data without a browser.

    python -m cx import FILE… [--dry-run] [--preset KEY] [--export-date DAY] [--channel NAME] …
    python -m cx uploads | undo N | redo N | purge N | stock | audit
    python -m cx customer export WHO --to FILE | customer erase WHO | retain MONTHS | remask

Exit codes: 0 done, 1 refused (one sentence says why), 2 called the wrong way, 3 some of several files were refused, 130 stopped by Ctrl-C;
what was stopped has changed nothing.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import pandas as pd
from tqdm import tqdm

from cx import language, workspace
from cx.errors import AskError, CxError
from cx.ingest import mapping, presets
from cx.ingest.importing import ImportReport
from cx.ingest.mapping import Need
from cx.ingest.reading import Export
from cx.language import _, day, ngettext, number
from cx.model.columns import Mapping
from cx.model.survey import Doubt
from cx.workspace import Workspace

DONE, REFUSED, MISUSED, PARTLY, STOPPED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; gives back the exit code."""
    language.use("en" if "--english" in (sys.argv if arguments is None else arguments) else "de")
    asked = _parser().parse_args(arguments)
    try:
        with closing(workspace.open(asked.database)) as ws:
            return asked.run(ws, asked)
    except CxError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print(_("Abgebrochen. Was noch nicht fertig war, hat nichts verändert."), file=sys.stderr)
        return STOPPED


# --- import


def _import(ws: Workspace, asked: argparse.Namespace) -> int:
    """Every file in a transaction of its own; one that is refused does not keep the others out."""
    refused = 0
    for file in asked.files:
        try:
            for export in ws.open_exports(file, sheet=asked.sheet):
                _import_one(ws, export, _mapping(ws, export, file, asked), dry_run=asked.dry_run)
        except CxError as error:
            refused += 1
            print(f"{file}: {error}", file=sys.stderr)
    if not refused:
        return DONE
    return REFUSED if refused == len(asked.files) else PARTLY


def _mapping(ws: Workspace, export: Export, file: Path, asked: argparse.Namespace) -> Mapping:
    """What is proposed, or the preset asked for, with what the call says; relative dates count back from the file's own date."""
    base = mapping.propose(export, presets.get(asked.preset)) if asked.preset else ws.propose(export)
    return replace(
        base,
        channel=asked.channel or base.channel,
        source=asked.source or base.source,
        product=asked.product or base.product,
        day_first=base.day_first if asked.day_first is None else asked.day_first,
        export_date=asked.export_date or date.fromtimestamp(file.stat().st_mtime),
        leave_out=frozenset(asked.leave_out),
    )


def _import_one(ws: Workspace, export: Export, chosen: Mapping, *, dry_run: bool) -> None:
    print(_("{name}: {n} Zeilen").format(name=export.name, n=number(len(export))))
    _print_mapping(chosen)
    needs = ws.needs(export, chosen)
    if Need.DAY_ORDER in needs:
        order = _("Tag vor Monat") if chosen.day_first else _("Monat vor Tag")
        text = _(
            "  Die Datumsangaben lassen offen, was zuerst steht; gelesen als {order} (--day-first, --month-first)."
        )
        print(text.format(order=order))
    if dry_run:
        _print_preview(ws, export, chosen)
        return
    with _Bar() as bar:
        report = ws.import_export(export, chosen, bar.show)
    _print_report(report)


def _print_mapping(chosen: Mapping) -> None:
    if chosen.preset:
        print(_("  Vorlage: {name}").format(name=presets.named(chosen.preset, language.current())))
    pairs = [*((str(column), header) for column, header in chosen.columns)]
    pairs += [(str(field), header) for field, header in chosen.texts]
    for meaning, header in pairs:
        print(f"  {meaning:<12} ← {header}")
    for question in chosen.questions:
        aspects = " · ".join(filter(None, (question.pillar, question.touchpoint)))
        print(f"  {_('Frage'):<12} ← {question.wording}" + (f" [{aspects}]" if aspects else ""))


def _print_preview(ws: Workspace, export: Export, chosen: Mapping) -> None:
    if Need.USABLE in ws.needs(export, chosen):
        raise AskError(_("Keine Spalte mit Text oder Bewertung ist zu erkennen. Nennen Sie eine Vorlage mit --preset."))
    print(_frame(ws.preview(export, chosen)))
    print(_("Probelauf: Es wurde nichts gespeichert."))


def _print_report(report: ImportReport) -> None:
    counts = [
        (_("neu"), report.added),
        (_("aktualisiert"), report.updated),
        (_("unverändert"), report.duplicates),
        (_("zurückgewiesen"), report.rejected),
        (_("weggelassen"), report.left_out),
    ]
    said = ", ".join(f"{number(n)} {name}" for name, n in counts if n)
    print(
        _("  Upload {batch}: {counts} ({seconds} s)").format(
            batch=report.batch, counts=said, seconds=number(report.seconds, 1)
        )
    )
    for note in report.notes:
        print(f"  {note}")
    for row in report.rejects.head(5).itertuples():
        print(_("  Zeile {line}: {reason}").format(line=row.line, reason=row.reason))


class _Bar:
    """A progress bar on stderr, of one step of the work after another; none where nobody looks."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._what = ""

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, total: int, what: str) -> None:
        """Move the bar; another noun begins another bar."""
        if what != self._what or self._bar is None:
            self.__exit__()
            self._what = what
            self._bar = tqdm(
                total=total, unit=f" {what}", leave=False, disable=not sys.stderr.isatty(), file=sys.stderr
            )
        self._bar.total = total
        self._bar.update(done - self._bar.n)


# --- uploads


def _uploads(ws: Workspace, _asked: argparse.Namespace) -> int:
    found = ws.batches()
    columns = ["id", "imported_at", "file_name", "source", "added", "updated", "rejected", "undone_at"]
    print(_frame(found[columns]) if len(found) else _("Noch keine Uploads."))
    return DONE


def _flip(action: str) -> Callable[[Workspace, argparse.Namespace], int]:
    def run(ws: Workspace, asked: argparse.Namespace) -> int:
        n = getattr(ws, action)(asked.upload)
        print(ngettext("{n} Feedback betroffen.", "{n} Feedbacks betroffen.", n).format(n=number(n)))
        return DONE

    return run


def _frame(rows: pd.DataFrame) -> str:
    """A frame as a table of plain text, days in German format."""
    written = rows.map(lambda cell: day(cell) if isinstance(cell, datetime) else "" if pd.isna(cell) else str(cell))
    return written.to_string(index=False, max_colwidth=60)


# --- the arguments


class _Parser(argparse.ArgumentParser):
    """argparse with our own words around it."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help=_("diese Hilfe"))

    def format_usage(self) -> str:
        """The call in one line."""
        return super().format_usage().replace("usage:", _("Aufruf:"), 1)

    def format_help(self) -> str:
        """All of the help, without a word of English where German is spoken."""
        words = {
            "usage:": _("Aufruf:"),
            "positional arguments:": _("Angaben:"),
            "options:": _("Optionen:"),
        }
        text = super().format_help()
        for english, ours in words.items():
            text = text.replace(english, ours, 1)
        return text

    def error(self, message: str) -> NoReturn:
        """Say what does not fit, and end with the code for it."""
        print(self.format_usage(), end="", file=sys.stderr)
        text = _("Der Aufruf passt nicht ({reason}). „python -m cx --help“ zeigt, was geht.")
        print(text.format(reason=message), file=sys.stderr)
        raise SystemExit(MISUSED)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m cx", description=_("CX-Explorer auf der Kommandozeile."))
    parser.add_argument(
        "--database", default=workspace.default_path(), metavar=_("DATEI"), help=_("Datenbank (sonst CX_DATABASE)")
    )
    parser.add_argument("--english", action="store_true", help=_("Meldungen auf Englisch"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("BEFEHL"))
    _import_arguments(commands.add_parser("import", help=_("Dateien importieren")))
    commands.add_parser("uploads", help=_("Uploads auflisten")).set_defaults(run=_uploads)
    words = {
        "undo": _("einen Upload zurücknehmen"),
        "redo": _("einen zurückgenommenen Upload wiederherstellen"),
        "purge": _("einen zurückgenommenen Upload endgültig löschen"),
    }
    for action, help_ in words.items():
        command = commands.add_parser(action, help=help_)
        command.add_argument("upload", type=int, metavar="N", help=_("Nummer des Uploads"))
        command.set_defaults(run=_flip(action))
    return parser


def _import_arguments(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_import)
    add = command.add_argument
    add("files", nargs="+", type=_file, metavar=_("DATEI"), help=_("CSV, Excel, ODS, JSON, Parquet oder ZIP"))
    add("--dry-run", action="store_true", help=_("nur zeigen, was importiert würde"))
    add("--preset", type=_preset, metavar=_("NAME"), help=_("Vorlage der Quelle, sonst erkannt"))
    add("--sheet", metavar=_("NAME"), help=_("Blatt einer Arbeitsmappe"))
    add("--channel", metavar=_("NAME"), help=_("Kanal aller Zeilen"))
    add("--source", metavar=_("NAME"), help=_("Quelle aller Zeilen"))
    add("--product", metavar=_("NAME"), help=_("Produkt aller Zeilen"))
    add("--export-date", type=_day, metavar=_("TAG"), help=_("Tag des Exports, sonst das Datum der Datei"))
    order = command.add_mutually_exclusive_group()
    order.add_argument(
        "--day-first", dest="day_first", action="store_true", default=None, help=_("03/04 ist der 3. April")
    )
    order.add_argument("--month-first", dest="day_first", action="store_false", help=_("03/04 ist der 4. März"))
    add(
        "--leave-out",
        type=Doubt,
        choices=list(Doubt),
        nargs="+",
        default=(),
        help=_("zweifelhafte Antworten weglassen"),
    )


def _file(written: str) -> Path:
    path = Path(written)
    if not path.is_file():
        raise argparse.ArgumentTypeError(_("„{path}“ gibt es nicht").format(path=written))
    return path


def _preset(written: str) -> str:
    if written not in {preset.key for preset in presets.load()}:
        known: Iterable[str] = sorted(preset.key for preset in presets.load())
        raise argparse.ArgumentTypeError(
            _("Vorlage „{name}“ gibt es nicht; es gibt {known}").format(name=written, known=", ".join(known))
        )
    return written


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(_("„{day}“ ist kein Tag wie 2026-03-31").format(day=written)) from None
