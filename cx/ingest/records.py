"""Records – JSON, JSON Lines, Parquet – as rows of text: fields within fields become columns such as "reviewer.displayName"."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cx.errors import FileError
from cx.ingest import contents, delimited
from cx.ingest.encodings import Encoding
from cx.ingest.grids import TEXT, Grid, Source, refuse_wide
from cx.ingest.originals import Original
from cx.ingest.sheet_rows import plain
from cx.language import _

LARGEST_JSON_BYTES = 200_000_000  # has to be in memory as a whole
LARGEST_LINE_BYTES = 64_000_000
LARGEST_PARQUET_BYTES = 8_000_000_000  # unpacked
BATCH_ROWS = 50_000
BATCH_BYTES = 50_000_000
REVIEWS = "reviews"  # where a file holds several lists, the one that counts
SEPARATOR = "; "  # of a list within a cell
MOST_LINES_IN_SAMPLE = 2
SURROGATES = re.compile(r"[\ud800-\udfff]")  # halves of a character

Record = dict[str, str]


# --- JSON


def json_source(file: Original, chunks: Callable[[], Iterator[bytes]], encoding: Encoding) -> Source:
    """The records of a JSON or JSON Lines text; `chunks` gives it anew as UTF-8 each time.

    Raises FileError where it is cut or too large, NoTable where it holds no list of records.
    """
    if _is_lines(delimited.beginning(chunks)):
        names = _names(_line_records(chunks(), file.name), file.name)
        return Source(
            grids=lambda: _line_grids(chunks(), names, file.name),
            form="jsonl",
            header_rows=1,
            encoding=encoding.name,
            damaged=encoding.damaged,
        )
    if file.size > LARGEST_JSON_BYTES:
        message = _("„{name}“ ist als JSON zu groß. Exportieren Sie CSV oder JSON Lines (ein Datensatz je Zeile).")
        raise FileError(message.format(name=file.name))
    grids = _whole(b"".join(chunks()).decode(), file.name)
    return Source(
        grids=lambda: iter(grids), form="json", header_rows=1, encoding=encoding.name, damaged=encoding.damaged
    )


def _is_lines(begin: str) -> bool:
    """Whether the first line is a whole record and another follows."""
    lines = begin.lstrip().split("\n", 1)
    if len(lines) < MOST_LINES_IN_SAMPLE or not lines[1].lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def _loaded(text: str | bytes) -> object:
    """JSON with numbers as they are written."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _name: None)


def _whole(text: str, name: str) -> list[Grid]:
    try:
        records = [_flat(record) for record in _list_of_records(_loaded(text), name)]
    except (ValueError, RecursionError) as error:
        message = _("Die JSON-Datei „{name}“ ist nicht vollständig. Exportieren Sie sie noch einmal.")
        raise FileError(message.format(name=name)) from error
    names = _names(enumerate(records, start=1), name)
    return [_header(names), *(_grid(part, names) for part in _batches(enumerate(records, start=1)))]


def _list_of_records(value: object, name: str) -> list[dict]:
    """The one list of records in a JSON value, or the one called "reviews" among several."""
    lists = list(_lists(value, ""))
    chosen = lists if len(lists) == 1 else [each for each in lists if each[0] == REVIEWS]
    if len(chosen) != 1:
        message = _(
            "In der JSON-Datei „{name}“ ist keine eindeutige Liste von Bewertungen. "
            "Exportieren Sie die Bewertungen als CSV oder als eine Liste von Datensätzen."
        )
        raise contents.NoTable(message.format(name=name))
    return chosen[0][1]


def _lists(value: object, key: str) -> Iterator[tuple[str, list[dict]]]:
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield key, value
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from _lists(each, inner)


def _flat(record: dict, prefix: str = "") -> Record:
    """The fields of a record as text, those of records within it under their path."""
    found: Record = {}
    for key, value in record.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = _text(value)
    return found


def _text(value: object) -> str:
    if isinstance(value, list):
        if any(isinstance(each, list | dict | tuple) for each in value):
            return json.dumps(value, ensure_ascii=False, default=plain)
        return SEPARATOR.join(filter(None, map(plain, value)))
    return json.dumps(value, ensure_ascii=False, default=plain) if isinstance(value, dict) else plain(value)


def _line_records(chunks: Iterator[bytes], name: str) -> Iterator[tuple[int, Record]]:
    """The record of each line that is not empty, with its number."""
    for number, line in enumerate(_lines(chunks, name), start=1):
        if line.strip():
            yield number, _line_record(line, number, name)


def _lines(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    waiting = b""
    for chunk in chunks:
        *lines, waiting = (waiting + chunk).split(b"\n")
        yield from lines
        if len(waiting) > LARGEST_LINE_BYTES:
            raise contents.NoTable(contents.no_table(name))
    yield waiting


def _line_record(line: bytes, number: int, name: str) -> Record:
    try:
        record = _loaded(line)
        if isinstance(record, dict):
            return _flat(record)
        cause = None
    except (ValueError, RecursionError) as error:
        cause = error
    message = _("In der Datei „{name}“ ist Zeile {line} kein vollständiger Datensatz. Exportieren Sie sie noch einmal.")
    raise FileError(message.format(name=name, line=number)) from cause


def _line_grids(chunks: Iterator[bytes], names: list[str], name: str) -> Iterator[Grid]:
    yield _header(names)
    for chunk in _batches(_line_records(chunks, name)):
        yield _grid(chunk, names)


def _batches(records: Iterable[tuple[int, Record]]) -> Iterator[list[tuple[int, Record]]]:
    batch, size = [], 0
    for number, record in records:
        batch.append((number, record))
        size += sum(map(len, record.values()))
        if len(batch) == BATCH_ROWS or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _names(records: Iterable[tuple[int, Record]], name: str) -> list[str]:
    """The fields of all records, in the order in which they first occur."""
    names: dict[str, None] = {}
    for _number, record in records:
        names.update(dict.fromkeys(record))
        refuse_wide(len(names), name)
    return list(names)


def _header(names: list[str]) -> Grid:
    return Grid([_column([name]) for name in names], np.array([0]))


def _grid(records: Iterable[tuple[int, Record]], names: list[str]) -> Grid:
    records = list(records)
    columns = [_column([record.get(name, "") for _number, record in records]) for name in names]
    return Grid(columns, np.array([number for number, _record in records], dtype=np.int64))


def _column(cells: list[str]) -> pa.Array:
    try:
        return pa.array(cells, TEXT)
    except UnicodeEncodeError:
        return pa.array([SURROGATES.sub("\ufffd", cell) for cell in cells], TEXT)


# --- Parquet


def parquet_source(file: Original) -> Source:
    """The rows of a Parquet file, as text. Raises FileError where it is damaged or too large unpacked."""
    with _refused_if_damaged(file.name), file.seekable() as stream:
        meta = pq.ParquetFile(stream).metadata
        size = sum(meta.row_group(place).total_byte_size for place in range(meta.num_row_groups))
    if size > LARGEST_PARQUET_BYTES:
        message = _("„{name}“ ist entpackt zu groß. Teilen Sie den Export, zum Beispiel nach Jahren.")
        raise FileError(message.format(name=file.name))
    rows = max(1, min(BATCH_ROWS, int(BATCH_BYTES * meta.num_rows / max(size, 1))))
    return Source(grids=lambda: _parquet_grids(file, rows), form="parquet", header_rows=1)


def _parquet_grids(file: Original, rows: int) -> Iterator[Grid]:
    with _refused_if_damaged(file.name), file.seekable() as stream:
        content = pq.ParquetFile(stream)
        empty = pa.RecordBatch.from_pylist([], schema=content.schema_arrow)
        names = [name for name, _column in _flat_columns(empty)]
        refuse_wide(len(names), file.name)
        yield _header(names)
        line = 1
        for batch in content.iter_batches(rows):
            yield Grid(
                [_texts(column) for _name, column in _flat_columns(batch)], np.arange(line, line + batch.num_rows)
            )
            line += batch.num_rows


def _flat_columns(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Array]]:
    for field, column in zip(batch.schema, batch.columns, strict=True):
        yield from _parts(field.name, column)


def _parts(name: str, column: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    if pa.types.is_struct(column.type) and column.type.num_fields:
        for place, inner in enumerate(column.flatten()):
            yield from _parts(f"{name}.{column.type.field(place).name}", inner)
    else:
        yield name, column


def _texts(column: pa.Array) -> pa.Array:
    """The values as `plain` writes them."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    try:
        if pa.types.is_timestamp(column.type):
            return _moments(column)
        if not pa.types.is_nested(column.type):
            texts = pc.fill_null(pc.cast(column, TEXT), "")
            texts.validate(full=True)
            return texts
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass  # a type that Arrow has no text for, or bytes that are no UTF-8
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = pc.cast(column, pa.large_binary())
    return _column([_text(value) for value in column.to_pylist(maps_as_pydicts="lossy")])


def _moments(column: pa.Array) -> pa.Array:
    """ "2026-01-07 11:34:00", midnight without its time."""
    whole = pc.cast(column, pa.timestamp("s", column.type.tz), safe=False)
    texts = pc.fill_null(pc.cast(whole, TEXT), "")
    return texts if column.type.tz else pc.replace_substring_regex(texts, " 00:00:00$", "")


@contextmanager
def _refused_if_damaged(name: str) -> Iterator[None]:
    """Turns what Arrow says of a broken file into one sentence."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        message = _("Die Parquet-Datei „{name}“ ist beschädigt. Exportieren Sie sie noch einmal.")
        raise FileError(message.format(name=name)) from error
