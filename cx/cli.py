"""The command line: import files and look after the stored data without a browser.

    python -m cx import FILE… [--dry-run] [--preset NAME] [--export-date DAY] [--channel NAME] …
    python -m cx uploads | undo N | redo N | purge N [--yes] | stock | audit
    python -m cx customer export WHO --to FILE | customer erase WHO [--yes] | retain MONTHS [--yes] | remask

Exit codes: 0 done, 1 refused (one sentence says why), 2 called the wrong way, 3 some of several files were refused, 130 stopped by Ctrl-C;
what was stopped has changed nothing.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from cx import language, workspace
from cx.charts import words
from cx.errors import AskError, CxError, FileError
from cx.ingest import mapping, presets, privacy
from cx.ingest.importing import ImportReport
from cx.ingest.mapping import Need
from cx.ingest.reading import Export
from cx.language import _, day, ngettext, number, percent
from cx.model.columns import Column, Mapping
from cx.model.survey import Doubt
from cx.report import plain, wording
from cx.workspace import Workspace

DONE, REFUSED, MISUSED, PARTLY, STOPPED = 0, 1, 2, 3, 130
QUESTIONS_SHOWN = 5
REJECTS_SHOWN = 5
FORMS = {
    ".json": "json",
    ".xlsx": "xlsx",
    ".zip": "csv",
}  # of what is handed out to a customer, by the ending of the file
YES = ("ja", "j", "yes", "y")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a file may hold what a terminal would obey


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; gives back the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that lacks a character shows "?"
    language.use("en" if "--english" in (sys.argv if arguments is None else arguments) else "de")
    try:
        asked = _parser().parse_args(arguments)
        with closing(workspace.open(_database(asked))) as ws:
            return asked.run(ws, asked)
    except CxError as error:
        _complain(str(error))
        return REFUSED
    except KeyboardInterrupt:
        _complain(_("Abgebrochen. Was noch nicht fertig war, hat nichts verändert."))
        return STOPPED
    except BrokenPipeError:  # whoever read what we print has gone ("| head")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _database(asked: argparse.Namespace) -> str:
    """The database of the call. Only an import makes one, and a rehearsal none."""
    if Path(asked.database).exists():
        return asked.database
    if asked.run is not _import:
        message = _(
            "Die Datenbank „{path}“ gibt es noch nicht. Importieren Sie erst eine Datei, oder prüfen Sie den Pfad."
        )
        raise AskError(message.format(path=asked.database))
    return ":memory:" if asked.dry_run else asked.database


def _say(text: str) -> None:
    print(UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _complain(text: str) -> None:
    print(UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text), file=sys.stderr)


# --- import


def _import(ws: Workspace, asked: argparse.Namespace) -> int:
    """Every table in a transaction of its own; one that is refused does not keep the others out."""
    taken, refused = 0, 0
    for file in asked.files:
        try:
            exports = ws.open_exports(file, sheet=asked.sheet)
        except CxError as error:
            refused += 1
            _complain(f"{file}: {error}")
            continue
        for export in exports:
            try:
                _import_one(ws, export, _mapping(ws, export, file, asked), dry_run=asked.dry_run)
                taken += 1
            except CxError as error:
                refused += 1
                _complain(f"{export.name}: {error}")
    if not refused:
        return DONE
    return PARTLY if taken else REFUSED


def _mapping(ws: Workspace, export: Export, file: Path, asked: argparse.Namespace) -> Mapping:
    """What is proposed, or the preset asked for, with what the call says; relative dates count back from the file's own date."""
    base = mapping.propose(export, _preset_for(export, asked.preset)) if asked.preset else ws.propose(export)
    return replace(
        base,
        channel=asked.channel or base.channel,
        source=asked.source or base.source,
        product=asked.product or base.product,
        day_first=base.day_first if asked.day_first is None else asked.day_first,
        export_date=asked.export_date or date.fromtimestamp(file.stat().st_mtime),
        leave_out=frozenset(asked.leave_out) or base.leave_out,
    )


def _preset_for(export: Export, key: str) -> presets.Preset:
    """The preset called `key`. Raises AskError where the file has not the columns of any of its layouts."""
    preset = presets.get(key)
    if missing := preset.missing(export.headers):
        message = ngettext(
            "Die Vorlage {preset} passt nicht: Es fehlt die Spalte {headers}. Lassen Sie --preset weg oder nennen Sie eine andere.",
            "Die Vorlage {preset} passt nicht: Es fehlen die Spalten {headers}. Lassen Sie --preset weg oder nennen Sie eine andere.",
            len(missing),
        )
        listed = ", ".join(f"„{header}“" for header in missing)
        raise AskError(message.format(preset=preset.name(language.current()), headers=listed))
    return preset


def _import_one(ws: Workspace, export: Export, chosen: Mapping, *, dry_run: bool) -> None:
    n_rows = ngettext("{name}: {n} Zeile", "{name}: {n} Zeilen", len(export))
    _say(n_rows.format(name=export.name, n=number(len(export))))
    needs = ws.needs(export, chosen)
    if Need.USABLE in needs:
        raise AskError(_("Keine Spalte mit Text oder Bewertung ist zu erkennen. Nennen Sie eine Vorlage mit --preset."))
    _say_mapping(chosen, all_questions=dry_run)
    _say_likelier(export, chosen)
    if Need.DAY_ORDER in needs:
        order = _("Tag vor Monat") if chosen.day_first else _("Monat vor Tag")
        text = _(
            "  Die Datumsangaben lassen offen, was zuerst steht; gelesen als {order} (--day-first, --month-first)."
        )
        _say(text.format(order=order))
    if dry_run:
        _say_preview(ws, export, chosen)
        return
    with _Bar() as bar:
        report = ws.import_export(export, chosen, bar.show)
    _say_report(report)


def _say_mapping(chosen: Mapping, *, all_questions: bool) -> None:
    if chosen.preset:
        _say(_("  Vorlage: {name}").format(name=presets.named(chosen.preset, language.current())))
    meanings = [(wording.column_name(column), header) for column, header in chosen.columns]
    meanings += [(wording.field_name(field), header) for field, header in chosen.texts]
    width = max((len(meaning) for meaning, _header in meanings), default=0)
    for meaning, header in meanings:
        _say(f"  {meaning:<{width}} ← {_masked(header)}")
    shown = chosen.questions if all_questions else chosen.questions[:QUESTIONS_SHOWN]
    for question in shown:
        aspects = " · ".join(words.aspect_name(key) for key in (question.pillar, question.touchpoint) if key)
        _say(f"  {_('Frage'):<{width}} ← {_masked(question.wording)}" + (f" [{aspects}]" if aspects else ""))
    if more := len(chosen.questions) - len(shown):
        text = ngettext("  … und {n} weitere Frage", "  … und {n} weitere Fragen", more)
        _say(text.format(n=number(more)))


def _say_likelier(export: Export, chosen: Mapping) -> None:
    """Where the call names a preset and the columns speak for another one."""
    found = presets.find(export.headers, export.name)
    if found and chosen.preset and found.key != chosen.preset:
        name = presets.named(found.key, language.current())
        _say(_("  Die Spalten sprechen eher für die Vorlage {name} ({key}).").format(name=name, key=found.key))


def _masked(header: str) -> str:
    """A header as it may be shown: a file without headers has its first customer there."""
    return privacy.mask_text(header)


def _say_preview(ws: Workspace, export: Export, chosen: Mapping) -> None:
    names = {str(column): wording.column_name(column) for column in Column}
    names |= {"line": _("Zeile"), "reason": _("zurückgewiesen, weil")}
    rows = ws.preview(export, chosen)
    if not rows["reason"].any():
        rows = rows.drop(columns="reason")
    _say(plain.table({names.get(column, _masked(column)): list(rows[column].fillna("")) for column in rows}))
    masked, _examples = ws.masking(export, chosen)
    if any(masked.values()):
        _say(_("Ersetzt wird unter den ersten Zeilen: {kinds}").format(kinds=_places(masked)))
    if doubtful := ws.doubtful(export, chosen):
        _say(_("Zweifelhaft unter den ersten Zeilen: {doubts}").format(doubts=_doubts(doubtful)))
    _say(_("Probelauf: Es wurde nichts gespeichert."))


def _say_report(report: ImportReport) -> None:
    counts = [
        (_("neu"), report.added),
        (_("aktualisiert"), report.updated),
        (_("unverändert"), report.duplicates),
        (_("zurückgewiesen"), report.rejected),
        (_("weggelassen"), report.left_out),
    ]
    said = ", ".join(f"{number(n)} {name}" for name, n in counts if n)
    _say(
        _("  Upload {batch}: {counts} ({seconds} s)").format(
            batch=report.batch, counts=said, seconds=number(report.seconds, 1)
        )
    )
    if report.masked:
        _say(_("  Ersetzt: {kinds}").format(kinds=_places(report.masked)))
    if report.doubtful:
        _say(_("  Zweifelhaft: {doubts}").format(doubts=_doubts(report.doubtful)))
    for note in report.notes:
        _say(f"  {note}")
    for row in report.rejects.head(REJECTS_SHOWN).itertuples():
        _say(_("  Zeile {line}: {reason}").format(line=number(row.line), reason=row.reason))
    if (more := len(report.rejects) - REJECTS_SHOWN) > 0:
        text = ngettext("  … und {n} weitere Zeile", "  … und {n} weitere Zeilen", more)
        _say(text.format(n=number(more)))


def _places(counts: dict[str, int]) -> str:
    """ "3 × [E-Mail], 1 × [Name]" """
    return ", ".join(f"{number(n)} × {privacy.PLACEHOLDERS.get(kind, kind)}" for kind, n in counts.items() if n)


def _doubts(counts: dict[str, int] | dict[Doubt, int], *, keys: bool = True) -> str:
    """ "3 × Testantwort (test)"; `keys`: what --leave-out wants to be told."""
    named = [(wording.doubt_name(doubt) + (f" ({doubt})" if keys else ""), n) for doubt, n in counts.items() if n]
    return ", ".join(f"{number(n)} × {name}" for name, n in named)


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


# --- what is stored


def _uploads(ws: Workspace, _asked: argparse.Namespace) -> int:
    found = ws.batches()
    columns = {
        "id": _("Upload"),
        "imported_at": _("Tag"),
        "file_name": _("Datei"),
        "source": _("Quelle"),
        "rows": _("Zeilen"),
        "added": _("neu"),
        "updated": _("aktualisiert"),
        "duplicates": _("unverändert"),
        "rejected": _("zurückgewiesen"),
        "undone_at": _("zurückgenommen"),
    }
    return _say_table({heading: found[name] for name, heading in columns.items()})


def _stock(ws: Workspace, _asked: argparse.Namespace) -> int:
    """Three tables of one line per upload, and one for all that counts: how complete it is, what stands out, what was replaced."""
    stock = ws.stock()
    uploads = [(_upload_name(row), row) for row in stock.uploads.to_dict("records")]
    lines = [*uploads, *([(_("alles, was zählt"), stock.total.to_dict())] if uploads else [])]
    if not lines:
        return _say_table({})
    shares = {
        "text_share": _("Text"),
        "rating_share": _("Sterne"),
        "nps_share": _("NPS"),
        "date_share": _("Datum"),
        "channel_share": _("Kanal"),
        "product_share": _("Produkt"),
        "location_share": _("Ort"),
    }
    complete = {heading: [percent(row[share]) for _name, row in lines] for share, heading in shares.items()}
    names = {_("Upload"): [name for name, _row in lines]}
    _say_table(names | {_("Feedbacks"): [row["n"] for _name, row in lines]} | complete)
    figures = {
        "text_median": _("Zeichen je Text"),
        "text_p90": _("neun von zehn bis"),
        "before_2000": _("Datum vor 2000"),
        "in_future": _("in der Zukunft"),
        "text_deleted": _("Text gelöscht"),
    }
    odd = {
        _("nur Sterne"): [percent(row["star_only_share"]) for _name, row in lines],
        _("gleiche Texte"): [percent(row["same_text_share"], 1) for _name, row in lines],
    }
    print()
    _say_table(names | odd | {heading: [number(row[key]) for _name, row in lines] for key, heading in figures.items()})
    told = {
        _("Sprachen"): [
            ", ".join(f"{code} {number(n)}" for code, n in row["languages"].items()) for _name, row in lines
        ],
        _("ersetzt"): [_places(row["masked"]) for _name, row in lines],
        _("zweifelhaft"): [_doubts(row["doubtful"], keys=False) for _name, row in lines],
    }
    print()
    return _say_table(names | told)


def _upload_name(row: dict) -> str:
    name = f"{row['batch']} {_masked(row['file_name'])}"
    return _("{name} (zurückgenommen)").format(name=name) if row["undone"] else name


def _audit(ws: Workspace, _asked: argparse.Namespace) -> int:
    found = ws.audit()
    return _say_table(
        {
            _("Zeit (UTC)"): [f"{day(moment)} {moment:%H:%M}" for moment in found["done_at"]],
            _("Was"): [wording.action_name(action) for action in found["action"]],
            _("Wer oder was"): [wording.subject_name(row.action, row.subject) for row in found.itertuples()],
            _("Feedbacks"): found["feedbacks"],
        }
    )


def _say_table(columns: dict[str, Sequence[object]]) -> int:
    empty = not any(len(cells) for cells in columns.values())
    _say(_("Noch keine Uploads.") if empty else plain.table(columns))
    return DONE


# --- changing what is stored


def _undo(ws: Workspace, asked: argparse.Namespace) -> int:
    _refuse_unless(ws, asked.upload, undone=False)
    n = ws.undo(asked.upload)
    text = ngettext("{n} Feedback zurückgenommen.", "{n} Feedbacks zurückgenommen.", n)
    _say(text.format(n=number(n)))
    return DONE


def _redo(ws: Workspace, asked: argparse.Namespace) -> int:
    _refuse_unless(ws, asked.upload, undone=True)
    n = ws.redo(asked.upload)
    text = ngettext("{n} Feedback wiederhergestellt.", "{n} Feedbacks wiederhergestellt.", n)
    _say(text.format(n=number(n)))
    return DONE


def _purge(ws: Workspace, asked: argparse.Namespace) -> int:
    _refuse_unless(ws, asked.upload, undone=True)
    question = _("Alle Feedbacks von Upload {n} werden endgültig gelöscht, auch aus der Datenbankdatei.")
    if code := _unsure(question.format(n=asked.upload), asked):
        return code
    n = ws.purge(asked.upload)
    _say(ngettext("{n} Feedback gelöscht.", "{n} Feedbacks gelöscht.", n).format(n=number(n)))
    return DONE


def _refuse_unless(ws: Workspace, upload: int, *, undone: bool) -> None:
    found = ws.batches().set_index("id")
    if upload not in found.index:
        raise AskError(_("Upload {n} gibt es nicht. „uploads“ zeigt, welche es gibt.").format(n=upload))
    if found["undone_at"].notna()[upload] != undone:
        text = (
            _("Upload {n} ist nicht zurückgenommen. Nehmen Sie ihn erst zurück: „undo {n}“.")
            if undone
            else _("Upload {n} ist schon zurückgenommen. „redo {n}“ stellt ihn wieder her.")
        )
        raise AskError(text.format(n=upload))


def _customer_export(ws: Workspace, asked: argparse.Namespace) -> int:
    content = ws.export_customer(asked.who, FORMS[asked.to.suffix.lower()])
    try:
        asked.to.write_bytes(content)
    except OSError as error:
        message = _(
            "„{path}“ lässt sich nicht schreiben. Prüfen Sie Ordner und Rechte oder nennen Sie eine andere Datei."
        )
        raise FileError(message.format(path=asked.to)) from error
    _say(_("Die Auskunft steht in „{path}“.").format(path=asked.to))
    return DONE


def _customer_erase(ws: Workspace, asked: argparse.Namespace) -> int:
    question = _("Alles, was über „{who}“ gespeichert ist, wird endgültig gelöscht, auch aus der Datenbankdatei.")
    if code := _unsure(question.format(who=asked.who), asked):
        return code
    n = ws.erase_customer(asked.who)
    _say(ngettext("{n} Feedback gelöscht.", "{n} Feedbacks gelöscht.", n).format(n=number(n)))
    return DONE


def _retain(ws: Workspace, asked: argparse.Namespace) -> int:
    question = _(
        "Alle Texte, die älter als {n} Monate sind, werden gelöscht, auch aus der Datenbankdatei. Zahlen bleiben."
    )
    if code := _unsure(question.format(n=number(asked.months)), asked):
        return code
    n = ws.retain(asked.months)
    text = ngettext("{n} Feedback ist jetzt ohne Text.", "{n} Feedbacks sind jetzt ohne Text.", n)
    _say(text.format(n=number(n)))
    return DONE


def _remask(ws: Workspace, _asked: argparse.Namespace) -> int:
    with _Bar() as bar:
        n = ws.remask(bar.show)
    text = ngettext(
        "Neu geprüft, {n} Feedback hat sich geändert.", "Neu geprüft, {n} Feedbacks haben sich geändert.", n
    )
    _say(text.format(n=number(n)))
    return DONE


def _unsure(question: str, asked: argparse.Namespace) -> int:
    """Ask whether it is meant; DONE where it is, else the exit code."""
    if asked.yes:
        return DONE
    _say(question)
    if not sys.stdin.isatty():
        _complain(_("Hier kann niemand antworten. Wenn es so sein soll, wiederholen Sie den Aufruf mit --yes."))
        return MISUSED
    try:
        answer = input(_("Wirklich? (ja/nein) "))
    except EOFError:
        answer = ""
    if answer.strip().lower() in YES:
        return DONE
    _say(_("Es wurde nichts verändert."))
    return REFUSED


# --- the arguments


class _Parser(argparse.ArgumentParser):
    """argparse with our own words around it."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self.add_argument("-h", "--help", action="help", help=_("diese Hilfe"))

    def format_help(self) -> str:
        """The help, its headings in the language in use."""
        text = super().format_help()
        ours = {
            "usage:": _("Aufruf:"),
            "positional arguments:": _("Angaben:"),
            "options:": _("Optionen:"),
        }
        for english, word in ours.items():
            text = text.replace(english, word, 1)
        return text

    def error(self, message: str) -> NoReturn:
        """Say in a sentence what does not fit, and end."""
        text = _("Der Aufruf passt nicht: {reason}. „python -m cx --help“ zeigt, was geht.")
        _complain(text.format(reason=_reworded(message)))
        raise SystemExit(MISUSED)


def _reworded(message: str) -> str:
    """What argparse found wrong, in the language in use."""
    ours = (
        (r"the following arguments are required: (.+)", _("es fehlt {0}")),
        (r"unrecognized arguments: (.+)", _("unbekannt ist {0}")),
        (r"argument (.+): invalid choice: (\S+) \(choose from (.+)\)", _("{0} kennt {1} nicht, nur {2}")),
        (r"argument (.+): expected .*argument.*", _("bei {0} fehlt die Angabe")),
        (r"argument (.+): not allowed with argument (.+)", _("{0} und {1} schließen einander aus")),
        (r"argument (.+): ignored explicit argument (.+)", _("{0} nimmt keine Angabe")),
        (r"argument [^:]+: (.+)", "{0}"),
    )
    for pattern, words_ in ours:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words_.format(*found.groups())
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m cx", description=_("CX-Explorer auf der Kommandozeile."))
    _everywhere(parser, database=workspace.default_path(), english=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("BEFEHL"))
    _import_arguments(_command(commands, "import", _import, _("Dateien importieren")))
    _command(commands, "uploads", _uploads, _("Uploads auflisten"))
    for name, run, help_ in (
        ("undo", _undo, _("einen Upload zurücknehmen")),
        ("redo", _redo, _("einen zurückgenommenen Upload wiederherstellen")),
        ("purge", _purge, _("einen zurückgenommenen Upload endgültig löschen")),
    ):
        command = _command(commands, name, run, help_)
        command.add_argument("upload", type=_whole, metavar="N", help=_("Nummer des Uploads"))
    _ask_first(commands.choices["purge"])
    _command(commands, "stock", _stock, _("was gespeichert ist und wie gut es ist"))
    _command(commands, "audit", _audit, _("das Protokoll der Änderungen"))
    _customer_arguments(commands.add_parser("customer", help=_("Auskunft und Löschung (Art. 15 und 17 DSGVO)")))
    retain = _command(commands, "retain", _retain, _("Texte nach einer Frist löschen, Zahlen behalten"))
    retain.add_argument("months", type=_whole, metavar=_("MONATE"), help=_("älter als so viele Monate"))
    _ask_first(retain)
    _command(commands, "remask", _remask, _("Gespeichertes nach den heutigen Regeln neu maskieren"))
    return parser


def _command(commands: argparse._SubParsersAction, name: str, run: Callable, help_: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_)
    command.set_defaults(run=run)
    _everywhere(command, database=argparse.SUPPRESS, english=argparse.SUPPRESS)
    return command


def _everywhere(parser: argparse.ArgumentParser, *, database: str, english: bool | str) -> None:
    """What may stand before and after the command; where it does not stand after it, what stood before holds."""
    help_ = _("Datenbank (sonst CX_DATABASE)")
    parser.add_argument("--database", default=database, metavar=_("DATEI"), help=help_)
    parser.add_argument("--english", action="store_true", default=english, help=_("Meldungen auf Englisch"))


def _ask_first(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help=_("ohne Rückfrage"))


def _customer_arguments(customer: argparse.ArgumentParser) -> None:
    commands = customer.add_subparsers(dest="customer", required=True, metavar=_("BEFEHL"))
    export = _command(commands, "export", _customer_export, _("alles über eine Person in eine Datei schreiben"))
    erase = _command(commands, "erase", _customer_erase, _("alles über eine Person endgültig löschen"))
    for command in (export, erase):
        command.add_argument("who", metavar=_("WER"), help=_("Name, E-Mail-Adresse, Kundennummer oder Pseudonym"))
    export.add_argument(
        "--to", type=_target, required=True, metavar=_("DATEI"), help=_("Ziel, endet auf .json, .xlsx oder .zip")
    )
    _ask_first(erase)


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
        type=_doubt,
        nargs="+",
        default=(),
        metavar=_("GRUND"),
        help=_("zweifelhafte Antworten weglassen: {known}").format(known=", ".join(Doubt)),
    )


def _file(written: str) -> Path:
    path = Path(written)
    if not path.exists():
        raise argparse.ArgumentTypeError(_("„{path}“ gibt es nicht").format(path=written))
    if not path.is_file():
        raise argparse.ArgumentTypeError(_("„{path}“ ist keine Datei").format(path=written))
    return path


def _target(written: str) -> Path:
    path = Path(written)
    if path.suffix.lower() not in FORMS:
        raise argparse.ArgumentTypeError(_("„{path}“ endet nicht auf .json, .xlsx oder .zip").format(path=written))
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(_("den Ordner „{path}“ gibt es nicht").format(path=path.parent))
    return path


def _preset(written: str) -> str:
    known = sorted(preset.key for preset in presets.load())
    if written not in known:
        text = _("Vorlage „{name}“ gibt es nicht; es gibt {known}")
        raise argparse.ArgumentTypeError(text.format(name=written, known=", ".join(known)))
    return written


def _doubt(written: str) -> Doubt:
    try:
        return Doubt(written)
    except ValueError:
        text = _("den Grund „{name}“ gibt es nicht, nur {known}")
        raise argparse.ArgumentTypeError(text.format(name=written, known=", ".join(Doubt))) from None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(_("„{day}“ ist kein Tag wie 2026-03-31").format(day=written)) from None


def _whole(written: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", written):
        raise argparse.ArgumentTypeError(_("„{n}“ ist keine ganze Zahl").format(n=written))
    return int(written)
