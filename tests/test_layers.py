"""The arrows of the architecture, read from the code: who imports whom, and what a room never holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What a layer may import of ours, besides what lies within itself.
WORDS = {"cx.model", "cx.errors", "cx.language", "cx.upkeep"}
PURE = {"cx.stats", "cx.charts"}
BELOW_WORKSPACE = {"cx.ingest", "cx.text", "cx.analysis", "cx.report"} | PURE | {"cx.store"} | WORDS
MAY_IMPORT = {
    "cx.errors": set(),
    "cx.language": set(),
    "cx.upkeep": set(),
    "cx.model": {"cx.errors", "cx.language"},
    "cx.store": WORDS,
    "cx.stats": WORDS,  # the store lies below, but pure code knows no database
    "cx.charts": WORDS | {"cx.stats"},
    "cx.text": PURE | {"cx.store"} | WORDS,
    "cx.analysis": {"cx.text"} | PURE | {"cx.store"} | WORDS,
    "cx.report": PURE | {"cx.store"} | WORDS,
    "cx.ingest": {"cx.text"} | PURE | {"cx.store"} | WORDS,  # the import analyses what it stores
    "cx.workspace": BELOW_WORKSPACE,
    "cx.cli": {"cx", "cx.workspace"} | BELOW_WORKSPACE,
    "cx.__main__": {"cx.cli"},
    "cx": {"cx.workspace"} | BELOW_WORKSPACE,
    "cx.ui": {"cx", "cx.workspace"} | BELOW_WORKSPACE,
    "pages": {"cx", "cx.ui", "cx.workspace"} | BELOW_WORKSPACE,
    "app": {"cx", "cx.ui", "cx.workspace"} | BELOW_WORKSPACE,
}
ONLY_THERE = {"duckdb": {"cx.store"}, "altair": {"cx.charts"}, "streamlit": {"app", "pages", "cx.ui"}}

SQL = re.compile(
    r"\b(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(OR|TABLE|TEMP|MACRO)|FROM\s+\w+\s+WHERE)"
)
HTML = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>", re.IGNORECASE)
LONGEST_PAGE = 70


def modules() -> list[Path]:
    return [ROOT / "app.py", *sorted(ROOT.glob("pages/**/*.py")), *sorted(ROOT.glob("cx/**/*.py"))]


def pages() -> list[Path]:
    return sorted(ROOT.glob("pages/**/*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str | None:
    """The layer a dotted name belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] in ("app", "pages"):
        return parts[0]
    if parts[0] != "cx":
        return None
    return next((layer for layer in (".".join(parts[:2]),) if layer in MAY_IMPORT), "cx")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts(tree: ast.AST) -> Iterator[str]:
    """String constants that are no docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                yield child.value


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_there_is_something_to_check() -> None:
    assert len(pages()) >= 4
    assert {layer_of(name_of(path)) for path in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_arrows_point_down(path: Path) -> None:
    own = layer_of(name_of(path))
    targets = {layer_of(name) for name in imports(parsed(path))} - {None, own}
    assert targets <= MAY_IMPORT[own]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_libraries_are_imported_in_their_room_only(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(parsed(path))}
    for library in roots & ONLY_THERE.keys():
        assert layer_of(name_of(path)) in ONLY_THERE[library], f"{library} in {path.name}"


def test_one_module_opens_duckdb() -> None:
    opening = [name_of(p) for p in modules() if any(name.split(".")[0] == "duckdb" for name in imports(parsed(p)))]
    assert opening == ["cx.store.connection"]


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_pages_choose_ask_and_show(path: Path) -> None:
    tree = parsed(path)
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert not defined
    assert not [text for text in texts(tree) if SQL.search(text) or HTML.search(text)]
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"groupby", "merge", "pivot_table", "session_state", "html"}
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_PAGE


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_sql_is_never_glued_together(path: Path) -> None:
    tree = parsed(path)
    glued = [
        *(node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)),
        *(node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)),
        *(call for function, call in called(tree) if function.endswith((".format", ".replace", ".join"))),
    ]
    assert not [ast.unparse(node) for node in glued if any(SQL.search(text) for text in texts(ast.Module([node], [])))]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_html_slips_through(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in source
    assert "components.v1" not in source


@pytest.mark.parametrize("path", [p for p in modules() if layer_of(name_of(p)) in PURE], ids=name_of)
def test_pure_code_knows_no_clock_no_file_and_no_unseeded_chance(path: Path) -> None:
    tree = parsed(path)
    roots = {name.split(".")[0] for name in imports(tree)}
    assert not roots & {"random", "time", "os", "pathlib", "io", "requests", "urllib"}
    for function, call in called(tree):
        assert function not in ("open", "date.today", "datetime.now", "pd.Timestamp.now"), function
        if function.endswith("default_rng"):
            assert call.args, "a generator of chance is given its seed"
