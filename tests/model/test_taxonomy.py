"""The CX model as it ships, and as a user may edit it."""

import re
import tomllib
from pathlib import Path

import pytest

from cx.model import taxonomy

PHASES = ("discover", "buy", "receive", "use", "help", "stay")


def test_the_six_pillars_stand_in_their_order() -> None:
    assert taxonomy.pillar_keys() == ("effort", "emotion", "expectation", "control", "trust", "resolution")


def test_there_are_27_touchpoints_in_the_order_of_the_journey() -> None:
    touchpoints = taxonomy.load().touchpoints
    assert len(touchpoints) == 27
    order = [PHASES.index(touchpoint.phase) for touchpoint in touchpoints]
    assert order == sorted(order)
    assert set(order) == set(range(len(PHASES)))


def test_keys_are_unique_words_of_lower_case() -> None:
    keys = taxonomy.pillar_keys() + taxonomy.touchpoint_keys()
    assert len(set(keys)) == 33
    assert all(re.fullmatch(r"[a-z][a-z_]*", key) for key in keys)


def test_every_aspect_has_a_name_in_both_languages() -> None:
    model = taxonomy.load()
    for language in ("de", "en"):
        names = [aspect.name(language) for aspect in model.pillars + model.touchpoints]
        assert all(names)
        assert len(set(names)) == len(names)


def test_touchpoints_say_who_controls_them_and_which_c_they_are() -> None:
    touchpoints = taxonomy.load().touchpoints
    assert {t.control for t in touchpoints} == {"own", "partner", "earned"}
    assert {t.four_c for t in touchpoints} == {"customer", "cost", "convenience", "communication"}
    assert any(t.ux for t in touchpoints)
    assert not all(t.ux for t in touchpoints)


def test_pillars_are_described() -> None:
    assert all(len(pillar.description) > 30 for pillar in taxonomy.load().pillars)


def test_the_taxonomy_has_a_version() -> None:
    assert re.fullmatch(r"\d{4}\.\d{2}.*", taxonomy.load().version)


def test_an_unknown_key_has_no_aspect() -> None:
    assert taxonomy.load().aspect("trust").de == "Vertrauen"
    assert taxonomy.load().aspect("weather") is None


def test_another_file_is_another_taxonomy(tmp_path: Path) -> None:
    edited = tmp_path / "taxonomy.toml"
    edited.write_text(taxonomy.SHIPPED.read_text(encoding="utf-8").replace("Vertrauen", "Zutrauen"), encoding="utf-8")
    assert taxonomy.load(edited).aspect("trust").de == "Zutrauen"


def test_a_broken_taxonomy_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "taxonomy.toml"
    broken.write_text("version =", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        taxonomy.load(broken)


@pytest.mark.parametrize("key", ["modules", "value", "four_c", "control", "stages", "ux"])
def test_a_lens_puts_every_pair_into_one_of_its_groups(key: str) -> None:
    lens = taxonomy.load().lens(key)
    pillars, touchpoints = (*taxonomy.pillar_keys(), ""), (*taxonomy.touchpoint_keys(), "")
    every = {(pillar, touchpoint) for pillar in pillars for touchpoint in touchpoints} - {("", "")}
    assert len(lens.pairs) == len(every) == 7 * 28 - 1
    assert {pair[:2] for pair in lens.pairs} == every
    groups = {group.key for group in lens.groups}
    nowhere = [pair for pair in lens.pairs if pair.group not in groups]
    if lens.judged_by == "pillar":
        assert nowhere == []
    else:  # a touchpoint's property says nothing of a pillar without touchpoint
        assert {(pair.touchpoint, pair.group) for pair in nowhere} == {("", "")}
    assert {pair.group for pair in lens.pairs} - {""} == groups


def test_a_table_of_a_lens_names_its_rows_and_columns_once() -> None:
    content = tomllib.loads(taxonomy.SHIPPED.read_text(encoding="utf-8"))
    tables = [entry["table"] for entry in content["lens"] if "table" in entry]
    assert len(tables) == 2
    for table in tables:
        head, *lines = (line.split() for line in table.strip().splitlines())
        assert head == [*taxonomy.pillar_keys(), "-"]
        assert [line[0] for line in lines] == [*taxonomy.touchpoint_keys(), "-"]
        assert {len(line) for line in lines[:-1]} == {8}
        assert len(lines[-1]) == 7


def test_every_phase_has_a_stage_in_the_order_of_the_journey() -> None:
    phases = taxonomy.load().phases
    assert tuple(phase.key for phase in phases) == PHASES
    assert [phase.stage for phase in phases] == ["before", "during", "after", "after", "after", "after"]


def test_an_edited_taxonomy_leaves_a_new_touchpoint_outside_the_tables(tmp_path: Path) -> None:
    edited = tmp_path / "taxonomy.toml"
    new = '[[touchpoint]]\nkey = "parking"\nde = "Parken"\nen = "Parking"\nphase = "buy"\ncontrol = "own"\nux = false\nfour_c = "cost"\n\n'
    shipped = taxonomy.SHIPPED.read_text(encoding="utf-8")
    edited.write_text(shipped.replace("[[phase]]", new + "[[phase]]", 1), encoding="utf-8")
    model = taxonomy.load(edited)
    assert model.lens("modules").by_touchpoint()["parking"] == ""
    assert model.lens("stages").by_touchpoint()["parking"] == "during"
