"""The command line: what it says, what it gives back, what it leaves."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import cx
from cx import cli
from cx.report import plain

ROOT = Path(__file__).parents[1]
HEADER = "Nummer;Datum;Kunde;Sterne;Kommentar\n"
ROWS = (
    "1;07.01.2026;Erika Beispiel;5;Die Beratung war freundlich.\n"
    "2;08.01.2026;Uwe Muster;1;Niemand rief zurück, obwohl ich uwe@example.org angab.\n"
    "3;09.01.2019;Uwe Muster;2;Das Paket kam zu spät.\n"
)
TROUBLE = ("Traceback", "\x1b[")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an export in it, and a database that no call needs to name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CX_DATABASE", str(tmp_path / "cx.duckdb"))
    (tmp_path / "shop.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """Runs the command line: exit code, what it printed, what it complained about."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        assert not [word for word in TROUBLE if word in out + err]
        return code, out, err

    return run


def stored(folder: Path) -> pd.DataFrame:
    workspace = cx.open(folder / "cx.duckdb")
    found = workspace.batches()
    workspace.close()
    return found


def answering(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    """Somebody sits at the terminal and answers so; None: presses Ctrl-D."""

    def replied(_question: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.setattr("builtins.input", replied)


# --- import


def test_an_import_says_what_it_took_for_what_and_what_it_did(folder: Path, said) -> None:
    code, out, err = said("import", "shop.csv", "--channel", "Webshop")
    assert (code, err) == (0, "")
    lines = [line.split("←") for line in out.splitlines() if "←" in line]
    meanings = {header.strip(): meaning.strip() for meaning, header in lines}
    assert meanings["Kommentar"] == "Text"
    assert meanings["Sterne"] == "Sterne oder Note"
    assert "shop.csv: 3 Zeilen" in out
    assert "Upload 1: 3 neu" in out
    assert "1 × [E-Mail]" in out
    assert "uwe@example.org" not in out
    assert stored(folder)[["added", "live"]].values.tolist() == [[3, 3]]


def test_the_same_file_again_is_unchanged(folder: Path, said) -> None:
    said("import", "shop.csv")
    assert "Upload 2: 3 unverändert" in said("import", "shop.csv")[1]


def test_a_rehearsal_shows_rows_masked_and_stores_nothing(folder: Path, said) -> None:
    code, out, _err = said("import", "shop.csv", "--dry-run")
    assert code == 0
    assert "Es wurde nichts gespeichert." in out
    assert "[E-Mail]" in out
    for personal in ("uwe@example.org", "Erika", "Uwe Muster"):
        assert personal not in out
    assert {path.name for path in folder.iterdir()} == {"shop.csv"}


def test_several_files_and_an_archive_are_uploads_of_their_own(folder: Path, said) -> None:
    with zipfile.ZipFile(folder / "alles.zip", "w") as archive:
        archive.writestr("a.csv", HEADER + "11;07.01.2026;;4;Gut verpackt.\n")
        archive.writestr("b.csv", HEADER + "12;07.01.2026;;3;Ging so.\n")
    assert said("import", "shop.csv", "alles.zip")[0] == 0
    assert stored(folder)["file_name"].tolist() == ["alles.zip/b.csv", "alles.zip/a.csv", "shop.csv"]


def test_a_refused_file_does_not_keep_the_others_out(folder: Path, said) -> None:
    (folder / "leer.csv").write_text("")
    (folder / "bild.csv").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    code, _out, err = said("import", "leer.csv", "shop.csv", "bild.csv")
    assert code == 3
    assert [line.split(":")[0] for line in err.splitlines()] == ["leer.csv", "bild.csv"]
    assert len(stored(folder)) == 1
    assert said("import", "leer.csv", "bild.csv")[0] == 1


def test_what_a_table_cannot_hold_is_refused(folder: Path, said) -> None:
    (folder / "zahlen.csv").write_text("a;b\n17;x1\n18;x2\n")
    code, _out, err = said("import", "zahlen.csv")
    assert code == 1
    assert "--preset" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "nix.csv"], "„nix.csv“ gibt es nicht"),
        (["import", "shop.csv", "nix.csv"], "„nix.csv“ gibt es nicht"),
        (["import", "."], "ist keine Datei"),
        (["import"], "es fehlt DATEI"),
        ([], "es fehlt BEFEHL"),
        (["import", "shop.csv", "--preset", "nix"], "trustpilot"),
        (["import", "shop.csv", "--export-date", "1.2.26"], "kein Tag wie 2026-03-31"),
        (["import", "shop.csv", "--day-first", "--month-first"], "schließen einander aus"),
        (["import", "shop.csv", "--leave-out", "nix"], "straight"),
        (["import", "shop.csv", "--channel"], "fehlt die Angabe"),
        (["import", "shop.csv", "--nix"], "unbekannt ist --nix"),
        (["undo", "eins"], "keine ganze Zahl"),
        (["nix"], "kennt"),
        (["customer", "export", "Uwe", "--to", "a.pdf"], ".json, .xlsx oder .zip"),
        (["customer", "export", "Uwe", "--to", "nix/a.json"], "den Ordner „nix“ gibt es nicht"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(folder: Path, said, arguments: list[str], told: str) -> None:
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Der Aufruf passt nicht: ")
    assert told in err
    assert len(err.splitlines()) == 1
    assert not (folder / "cx.duckdb").exists()


def test_what_the_call_says_holds(folder: Path, said) -> None:
    (folder / "alt.csv").write_text("Datum;Kommentar;Sterne\nvor 2 Tagen;Gut.;5\n03/04/2026;Schlecht.;1\n")
    said("import", "alt.csv", "--export-date", "2026-03-31", "--month-first", "--source", "Heft", "--product", "Tee")
    workspace = cx.open(folder / "cx.duckdb")
    extent = workspace.extent()
    voices = workspace.voices()
    workspace.close()
    assert str(extent["first_day"])[:10] == "2026-03-04"
    assert str(extent["last_day"])[:10] == "2026-03-29"
    assert len(voices) == 2


PLAY = "Review Text,Review Title,Star Rating,Review Submit Date and Time,Package Name,Reviewer Language,Review Link"
PLAYED = "Gut,,5,2026-01-02T10:00:00Z,a.b,de,https://x.example/1"


def test_a_preset_that_fits_less_well_is_told(folder: Path, said) -> None:
    shop = ",date,isEdited,rating,review,title,userName"
    (folder / "play.csv").write_text(f"{PLAY}{shop}\n{PLAYED},2026-01-02,False,5,Gut,,Ute\n")
    code, out, _err = said("import", "play.csv", "--preset", "google_play", "--dry-run")
    assert code == 0
    assert "eher für die Vorlage App Store (app_store)" in out  # six of its columns are there, of the other's four
    assert "eher für" not in said("import", "play.csv", "--preset", "app_store", "--dry-run")[1]


def test_a_preset_whose_columns_are_not_there_is_refused(folder: Path, said) -> None:
    (folder / "play.csv").write_text(f"{PLAY}\n{PLAYED}\n")
    code, _out, err = said("import", "play.csv", "--preset", "app_store")
    assert code == 1
    assert "Vorlage App Store passt nicht: Es fehlen die Spalten „" in err
    assert "„reviewernickname“" in err or "„attributes reviewernickname“" in err
    assert stored(folder).empty
    (folder / "fast.csv").write_text(f"{PLAY.replace('Star Rating', 'Stars')}\n{PLAYED}\n")
    assert "Es fehlt die Spalte „star rating“" in said("import", "fast.csv", "--preset", "google_play")[2]
    assert said("import", "play.csv", "--preset", "google_play")[0] == 0


def test_english(folder: Path, said) -> None:
    code, out, _err = said("import", "shop.csv", "--english")
    assert code == 0
    assert "Upload 1: 3 new" in out


def test_what_a_terminal_would_obey_is_not_printed(folder: Path, said) -> None:
    (folder / "boese.csv").write_text("Kommentar\x1b[31m;Sterne\nGut.;5\n")
    assert said("import", "boese.csv", "--dry-run")[0] == 0  # `said` looks for escapes


# --- what is stored


def test_uploads_stock_and_audit_are_tables(folder: Path, said) -> None:
    said("import", "shop.csv", "--channel", "Webshop")
    _code, out, _err = said("uploads")
    head, line = out.splitlines()
    assert head.split()[:4] == ["Upload", "Tag", "Datei", "Quelle"]
    assert line.index("shop.csv") == head.index("Datei")
    _code, out, _err = said("stock")
    complete, odd, told = (table.splitlines() for table in out.split("\n\n"))
    assert [len(table) for table in (complete, odd, told)] == [3, 3, 3]
    assert complete[1].split() == [
        "1",
        "shop.csv",
        "3",
        *("100", "%") * 2,
        "0",
        "%",
        *("100", "%") * 2,
        *("0", "%") * 2,
    ]
    assert "1 × [E-Mail]" in told[1]
    assert complete[2].startswith("alles, was zählt")
    said("undo", "1")
    _code, out, _err = said("audit")
    _head, newest, oldest = out.splitlines()
    assert "Upload zurückgenommen" in newest
    assert "Import" in oldest


def test_without_a_database_only_an_import_makes_one(folder: Path, said) -> None:
    for command in (["uploads"], ["stock"], ["audit"], ["undo", "1"], ["remask"], ["retain", "3", "--yes"]):
        code, out, err = said(*command)
        assert (code, out) == (1, "")
        assert "gibt es noch nicht" in err
    assert not (folder / "cx.duckdb").exists()


def test_the_database_can_be_named_before_and_after_the_command(folder: Path, said) -> None:
    said("import", "shop.csv", "--database", "b.duckdb")
    assert "shop.csv" in said("--database", "b.duckdb", "uploads")[1]
    assert not (folder / "cx.duckdb").exists()


def test_a_database_that_cannot_be_made_is_told(folder: Path, said) -> None:
    code, _out, err = said("import", "shop.csv", "--database", "shop.csv/cx.duckdb")
    assert code == 1
    assert "lässt sich nicht öffnen" in err


# --- changing it


def test_undo_redo_purge(folder: Path, said, monkeypatch: pytest.MonkeyPatch) -> None:
    said("import", "shop.csv")
    assert "erst zurück" in said("purge", "1", "--yes")[2]
    assert said("undo", "1")[:2] == (0, "3 Feedbacks zurückgenommen.\n")
    code, _out, err = said("undo", "1")
    assert code == 1
    assert "schon zurückgenommen" in err
    assert said("redo", "1")[:2] == (0, "3 Feedbacks wiederhergestellt.\n")
    said("undo", "1")
    answering(monkeypatch, "nein")
    code, out, _err = said("purge", "1")
    assert code == 1
    assert out.endswith("Es wurde nichts verändert.\n")
    assert len(stored(folder)) == 1
    answering(monkeypatch, " Ja")
    code, out, _err = said("purge", "1")
    assert code == 0
    assert out.endswith("3 Feedbacks gelöscht.\n")
    assert stored(folder).empty
    code, _out, err = said("redo", "1")
    assert code == 1
    assert "gibt es nicht" in err


@pytest.mark.parametrize("command", [["purge", "1"], ["customer", "erase", "Uwe Muster"], ["retain", "12"]])
def test_what_destroys_wants_yes_where_nobody_can_answer(folder: Path, said, monkeypatch, command: list[str]) -> None:
    said("import", "shop.csv")
    if command[0] == "purge":
        said("undo", "1")
    monkeypatch.setattr("sys.stdin", type("Pipe", (), {"isatty": staticmethod(lambda: False)}))
    code, out, err = said(*command)
    assert code == 2
    assert len(out.splitlines()) == 1
    assert "--yes" in err
    answering(monkeypatch, None)
    assert said(*command)[0] == 1
    assert said(*command, "--yes")[0] == 0


def test_retain_deletes_old_texts(folder: Path, said) -> None:
    said("import", "shop.csv")
    assert said("retain", "60", "--yes")[:2] == (0, "1 Feedback ist jetzt ohne Text.\n")
    assert said("retain", "0", "--yes")[0] == 1


def test_remask_reports(folder: Path, said) -> None:
    said("import", "shop.csv")
    assert said("remask")[:2] == (0, "Neu geprüft, 0 Feedbacks haben sich geändert.\n")


@pytest.mark.parametrize(("name", "begin"), [("a.json", b"{"), ("a.xlsx", b"PK"), ("a.ZIP", b"PK")])
def test_a_customer_is_handed_out(folder: Path, said, name: str, begin: bytes) -> None:
    said("import", "shop.csv")
    code, out, _err = said("customer", "export", "Uwe Muster", "--to", name)
    assert code == 0
    assert name in out
    content = (folder / name).read_bytes()
    assert content.startswith(begin)
    if name == "a.json":
        assert len(json.loads(content)["Feedback"]) == 2


def test_a_customer_is_erased(folder: Path, said) -> None:
    said("import", "shop.csv")
    assert said("customer", "erase", "Niemand", "--yes")[0] == 1
    assert said("customer", "erase", "Uwe Muster", "--yes")[1].endswith("2 Feedbacks gelöscht.\n")
    assert said("customer", "export", "Uwe Muster", "--to", "a.json")[0] == 1
    assert not (folder / "a.json").exists()


def test_a_file_that_cannot_be_written_is_told(folder: Path, said) -> None:
    said("import", "shop.csv")
    (folder / "a.json").mkdir()
    code, _out, err = said("customer", "export", "Uwe Muster", "--to", "a.json")
    assert code == 1
    assert "lässt sich nicht schreiben" in err


def test_ctrl_c_changes_nothing(folder: Path, said, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_bar: object, done: int, _total: int, _what: str) -> None:
        if done:
            raise KeyboardInterrupt

    said("import", "shop.csv")
    monkeypatch.setattr(cli._Bar, "show", stopped)
    (folder / "neu.csv").write_text(HEADER + "4;10.01.2026;;4;Alles gut.\n", encoding="utf-8")
    code, _out, err = said("import", "neu.csv")
    assert code == 130
    assert err == "Abgebrochen. Was noch nicht fertig war, hat nichts verändert.\n"
    assert len(stored(folder)) == 1


# --- tables


def test_tables_are_aligned() -> None:
    written = plain.table({"Name": ["a", "längerer Name"], "n": [1, 12_345], "Anteil": ["5 %", float("nan")]})
    assert written.splitlines() == [
        "Name                n  Anteil",
        "a                   1     5 %",
        "längerer Name  12.345       –",
    ]


def test_long_cells_are_cut_and_stay_on_one_line() -> None:
    [_head, line] = plain.table({"Text": ["Wort\n" * 50]}).splitlines()
    assert len(line) <= plain.WIDEST
    assert line.endswith(" …")


# --- as a program


def program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "CX_DATABASE": str(folder / "cx.duckdb")}
    command = [sys.executable, "-m", "cx", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_program_imports_and_lists(folder: Path) -> None:
    imported = program(folder, "import", "shop.csv")
    assert (imported.returncode, imported.stderr) == (0, "")
    listed = program(folder, "uploads")
    assert listed.returncode == 0
    assert "shop.csv" in listed.stdout


def test_the_program_finds_the_database_in_use(folder: Path) -> None:
    workspace = cx.open(folder / "cx.duckdb")
    refused = program(folder, "import", "shop.csv")
    workspace.close()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "in einem anderen Programm offen" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
