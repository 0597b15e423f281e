"""What is there is documented, and what the documents name is there."""

import ast
import re
from pathlib import Path

import pytest

from cx.model.kpi import Kpi

ROOT = Path(__file__).parents[1]
QUERIES = sorted(ROOT.glob("cx/**/*.sql"))
MODULES = [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("cx/**/*.py"))]
FIELD_TERMS = [
    "feedback",
    "verbatim",
    "statement",
    "mention",
    "touchpoint",
    "pillar",
    "channel",
    "polarity",
    "driver",
    "importance",
    "promoter",
    "passive",
    "detractor",
    "base",
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def header(query: str) -> str:
    """The comment lines at the top."""
    lines = query.splitlines()
    return "\n".join(lines[: next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))])


def public_definitions(tree: ast.Module) -> list[ast.AST]:
    """Public functions and classes of a module, and public methods of public classes."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    methods = [inner for node in found if isinstance(node, ast.ClassDef) for inner in node.body]
    methods = [node for node in methods if isinstance(node, ast.FunctionDef)]
    return [node for node in found + methods if not node.name.startswith("_")]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_and_their_public_parts_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), "the module"
    assert not [node.name for node in public_definitions(tree) if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", QUERIES, ids=relative)
def test_queries_say_in_a_header_what_comes_back_and_what_they_are_given(path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    head = header(query)
    assert len(head) > 20
    if re.search(r"\$[a-z_]\w*", query[len(head) :]):
        assert "Parameters:" in head


def test_readme_names_the_two_commands_and_every_folder() -> None:
    readme = read("README.md")
    assert "script/app" in readme
    assert "script/test" in readme
    folders = [p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))]
    assert not [folder for folder in folders if f"`{folder}/`" not in readme]


def test_every_page_is_in_the_readme() -> None:
    readme = read("README.md")
    assert not [page.stem for page in ROOT.glob("pages/*.py") if f"`{page.stem}`" not in readme]


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(name))
    assert not [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(n) for n in re.findall(r"^## (\d+)\. ", read("docs/decisions.md"), re.MULTILINE)]
    assert len(numbers) >= 10
    assert numbers == list(range(1, len(numbers) + 1))


def test_field_terms_are_defined_once_and_used() -> None:
    entries = re.findall(r"^\| ([\w /-]+) \| ([^|]+) \|", read("docs/GLOSSARY.md"), re.MULTILINE)
    english = [entry[0].strip().lower() for entry in entries if entry[0].strip().lower() not in ("english", "---")]
    assert len(english) == len(set(english))
    assert set(FIELD_TERMS) <= set(english)
    code = "\n".join(p.read_text(encoding="utf-8").lower() for p in [*MODULES, *QUERIES, ROOT / "data/taxonomy.toml"])
    assert not [term for term in english if term not in code]


def test_every_key_figure_has_its_method_described() -> None:
    method = read("docs/method.md").lower()
    german = {"rating": "sterne", "polarity": "stimmung"}
    assert not [kpi for kpi in Kpi if str(kpi) not in method and german.get(str(kpi), "?") not in method]


def test_the_changelog_knows_the_version_of_the_project() -> None:
    version = re.search(r'^version = "(.+)"', read("pyproject.toml"), re.MULTILINE).group(1)
    assert f"## [{version}]" in read("CHANGELOG.md") or "## [Unreleased]" in read("CHANGELOG.md")
