"""What a file really is, whatever its name says, and what is no table at all."""

import re
import zipfile
import zlib
from enum import StrEnum

from cx.errors import FileError
from cx.ingest.originals import SAMPLE_BYTES, Original
from cx.language import _

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL_SHARE_MAX = 0.01
SAMPLE = 100_000
NOTHING = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"
MOST_ENTRIES = 10_000  # of an archive
LARGEST_OLD_OFFICE_BYTES = 500_000_000
LARGEST_UNPACKED_BYTES = 4_000_000_000
# A few hundred repeated words pack 1:100 at most; what packs better than that and is large was made to fill the memory.
PACKED_RATIO_MAX = 200
SMALL_UNPACKED_BYTES = 50_000_000  # may pack as well as it likes

PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET = b"PAR1"
BINARIES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PARE", b"SQLite format 3", b"\x7fELF", b"MZ\x90", b"PK\x05\x06")
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
JSON = re.compile(r"\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
# "(Translated by Google) Good\n\n(Original)\nGut", or the other way round.
TRANSLATED = r"\((?:Translated by Google|Übersetzt von Google)\)"
ORIGINAL_LAST = re.compile(rf"\s*{TRANSLATED}.*?\(Original\)\s*(.*)", re.DOTALL)
ORIGINAL_FIRST = re.compile(rf"(.*?\S)\s*{TRANSLATED}.*", re.DOTALL)


class NoTable(FileError):
    """The file may be sound, but is something else than a table."""


class Empty(NoTable):
    """There is nothing in the file."""


class Form(StrEnum):
    """What can be read."""

    TEXT = "text"  # delimited, JSON or JSON Lines
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    ZIP = "zip"


def form_of(file: Original) -> Form:
    """What the bytes are. Raises NoTable for a PDF, picture, document or other binary, FileError for a broken archive
    or one that would fill the memory."""
    begin = file.begin(SAMPLE_BYTES)
    refuse_empty(file, begin)
    _refuse_other_formats(begin, file.name)
    if begin.startswith(OLD_OFFICE):
        return _old_office(file)
    if begin.startswith(ZIP):
        return _packed(file)
    return Form.PARQUET if begin.startswith(PARQUET) else Form.TEXT


def refuse_empty(file: Original, begin: bytes) -> None:
    """Raise Empty where there is nothing but white space."""
    if not begin.strip(NOTHING) and not any(chunk.strip(NOTHING) for chunk in file.chunks()):
        message = _("Die Datei „{name}“ ist leer. Exportieren Sie sie noch einmal und prüfen Sie die Größe.")
        raise Empty(message.format(name=file.name))


def _refuse_other_formats(begin: bytes, name: str) -> None:
    if begin.startswith(b"%PDF"):
        raise NoTable(
            _(
                "„{name}“ ist ein PDF und keine Tabelle. "
                "Exportieren Sie die Bewertungen im Quellsystem als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if _is_picture(begin):
        raise NoTable(
            _(
                "„{name}“ ist ein Bild und keine Tabelle. "
                "Exportieren Sie die Bewertungen im Quellsystem als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if begin.startswith(BINARIES):
        raise NoTable(no_table(name))


def _is_picture(begin: bytes) -> bool:
    if begin[:4] == b"RIFF" and begin[8:12] == b"WEBP":
        return True
    if begin.startswith(b"BM"):  # two letters that a text may begin with as well
        return b"\x00" in begin[:32]
    return begin.startswith(PICTURES)


def _old_office(file: Original) -> Form:
    content = file.begin(LARGEST_OLD_OFFICE_BYTES)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileError(locked(file.name))
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return Form.XLS
    message = _(
        "„{name}“ ist ein Dokument in einem alten Office-Format und keine Tabelle. "
        "Speichern Sie die Tabelle darin als xlsx oder CSV."
    )
    raise NoTable(message.format(name=file.name))


def _packed(file: Original) -> Form:
    """A workbook or an archive; its directory is checked before anything is unpacked."""
    try:
        with file.seekable() as stream, zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            refuse_bomb(entries, file.name)
            is_ods = "mimetype" in names and archive.read("mimetype").startswith(SPREADSHEET)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise FileError(broken_archive(file.name)) from error
    if is_ods:
        return Form.ODS
    if any(name.startswith("xl/") for name in names):
        return Form.XLSB if "xl/workbook.bin" in names else Form.XLSX
    if names & {"mimetype", "[Content_Types].xml"}:
        message = _("„{name}“ ist ein Dokument und keine Excel-Tabelle. Speichern Sie die Tabelle als xlsx oder CSV.")
        raise NoTable(message.format(name=file.name))
    return Form.ZIP


def refuse_bomb(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Raise FileError for an archive that holds too much, or was made to."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = unpacked > SMALL_UNPACKED_BYTES and unpacked > PACKED_RATIO_MAX * packed
    if swollen or unpacked > LARGEST_UNPACKED_BYTES or len(entries) > MOST_ENTRIES:
        message = _("„{name}“ ist entpackt zu groß. Teilen Sie den Export, zum Beispiel nach Jahren.")
        raise FileError(message.format(name=name))


def refuse_other_texts(begin: str, name: str) -> None:
    """Raise NoTable for a web page, or characters that are no text; `begin` is enough of the text to see that."""
    begin = begin[:SAMPLE]
    start = begin.lstrip("\ufeff \t\r\n")[:200].lower()
    if re.match(r"<[a-z!?/]|\{\\rtf", start):
        raise NoTable(
            _(
                "„{name}“ ist eine Webseite oder ein Dokument und keine Tabelle. Oft ist dann die Anmeldung abgelaufen: "
                "Exportieren Sie die Datei noch einmal als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if len(CONTROL.findall(begin)) > max(2, CONTROL_SHARE_MAX * len(begin)):
        raise NoTable(no_table(name))


def is_json(begin: str) -> bool:
    """Whether a text that begins so is JSON or JSON Lines."""
    return bool(JSON.match(begin))


def no_table(name: str) -> str:
    """Why binary data are refused."""
    return _(
        "„{name}“ ist keine Tabelle, sondern enthält Binärdaten. "
        "Exportieren Sie die Bewertungen als CSV oder Excel (xlsx)."
    ).format(name=name)


def locked(name: str) -> str:
    """Why a file with a password is refused."""
    return _(
        "„{name}“ ist mit einem Kennwort geschützt. Speichern Sie die Datei in Excel ohne Kennwort als xlsx."
    ).format(name=name)


def broken_archive(name: str) -> str:
    """Why an archive, or a workbook, which is one, cannot be unpacked."""
    return _(
        "Das ZIP-Archiv oder die Excel-Datei „{name}“ ist beschädigt. Laden Sie die Datei noch einmal herunter."
    ).format(name=name)


def original(text: str) -> str:
    """What the customer wrote, of a text to which Google has added a translation; any other text as it is."""
    match = ORIGINAL_LAST.fullmatch(text) or ORIGINAL_FIRST.fullmatch(text)
    return match[1] if match else text
