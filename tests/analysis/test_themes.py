"""Themes: counts beside a naive second implementation, what is told apart, and what chance alone marks."""

import random
import re
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import cx
from cx.analysis import themes, usage
from cx.analysis.usage import Kind
from cx.charts.wording import Against
from cx.errors import AskError

NOUNS = ("Monteur", "Karton", "Hotline", "Rechnung", "Filiale", "Termin", "Schublade", "Gutschein", "Teppich", "Lampe")
VERDICTS = ("war leider schlecht", "war wirklich gut", "kam am Montag", "wie bestellt geliefert")


def texts(seed: int, n: int) -> pd.DataFrame:
    chance = random.Random(seed)
    rows = []
    for i in range(n):
        said = [
            f"{chance.choice(NOUNS)} {chance.choice(VERDICTS)} ({chance.choice(NOUNS)})."
            for _ in range(chance.randint(1, 3))
        ]
        day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 300))
        rows.append((i, " ".join(said), chance.choice(("App", "Filiale", "Telefon")), day.isoformat()))
    return pd.DataFrame(rows, columns=["ID", "Text", "Kanal", "Datum"])


def workspace(frame: pd.DataFrame) -> cx.Workspace:
    ws = cx.open(":memory:")
    ws.import_file(frame.to_csv(index=False).encode(), name="export.csv", source="Test")
    return ws


@pytest.fixture(scope="module")
def said() -> pd.DataFrame:
    return texts(1, 300)


@pytest.fixture(scope="module")
def ws(said):
    return workspace(said)


@pytest.fixture(scope="module")
def demo(demo_copied):
    return cx.open(demo_copied())


def counted(ws: cx.Workspace, chosen: np.ndarray | None = None) -> pd.Series:
    known = usage.usage(ws._store)
    chosen = np.ones(len(known.statements), dtype=bool) if chosen is None else chosen
    return pd.Series(known.counts(chosen)[0], index=pd.MultiIndex.from_frame(known.terms[["kind", "word"]]))


def test_words_agree_with_a_naive_count_of_texts(ws, said):
    n = counted(ws)
    for noun in NOUNS:
        assert n[Kind.WORD, noun] == said["Text"].str.contains(rf"\b{noun}\b").sum()


def test_pairs_agree_with_a_naive_count_of_texts(ws, said):
    n = counted(ws)[Kind.PAIR]
    assert "bestellt geliefert" in n
    for pair, found in n.items():
        assert found == said["Text"].str.contains(re.escape(pair), case=False).sum()


@pytest.mark.parametrize("channel", ["App", "Filiale"])
def test_both_sides_agree_with_a_naive_count(ws, said, channel):
    known = usage.usage(ws._store)
    sides = themes._against(ws._store, known, cx.Filter(channels=(channel,)), Against.REST)
    here = said["Kanal"] == channel
    assert (sides.feedbacks_a, sides.feedbacks_b) == (here.sum(), (~here).sum())
    tested = sides.tested.set_index("word")
    for noun in NOUNS:
        uses = said["Text"].str.contains(rf"\b{noun}\b")
        assert (tested.loc[noun, "n_a"], tested.loc[noun, "n_b"]) == ((uses & here).sum(), (uses & ~here).sum())


def test_base_forms_and_families():
    forms = [
        "Die Lieferung kam.",
        "Zwei Lieferungen fehlen.",
        "Der Kundenservice hilft.",
        "Der Telefonservice hilft.",
        "Der Service hilft.",
    ]
    rows = [(i, forms[i % 5], "App", "2026-03-01") for i in range(60)]
    n = counted(workspace(pd.DataFrame(rows, columns=["ID", "Text", "Kanal", "Datum"])))
    assert n[Kind.WORD, "Lieferung"] == 24 and (Kind.WORD, "Lieferungen") not in n
    assert (n[Kind.WORD, "Kundenservice"], n[Kind.WORD, "Telefonservice"], n[Kind.WORD, "Service"]) == (12, 12, 12)
    assert n[Kind.FAMILY, "…service"] == 36


def test_placeholders_numbers_and_foreign_texts_are_no_words():
    rows = [
        (i, f"Herr Jonas Wetzlar am Schalter {i} war mit mail{i}@beispiel.de nett.", "App", "2026-03-01")
        for i in range(40)
    ]
    rows += [
        (100 + i, "The delivery was very late and nobody answered my question about it.", "App", "2026-03-01")
        for i in range(40)
    ]
    n = counted(workspace(pd.DataFrame(rows, columns=["ID", "Text", "Kanal", "Datum"])))
    assert set(n[Kind.WORD].index) == {"Schalter", "nett"}


def test_rare_terms_are_left_out(ws):
    assert counted(ws).min() >= 10


def test_kept_until_something_is_written():
    ws = workspace(texts(2, 60))
    first = usage.usage(ws._store)
    assert usage.usage(ws._store) is first
    [batch] = ws.batches()["id"]
    ws.undo(batch)
    assert usage.usage(ws._store) is not first
    assert not len(usage.usage(ws._store).terms)


def test_nothing_to_compare_in_an_empty_workspace():
    store = cx.open(":memory:")._store
    assert themes.possible(store, cx.Filter()) == (Against.PRAISE,)
    found = themes.themes(store, cx.Filter(), Against.PRAISE)
    assert found.contrast.terms.empty and found.contrast.quotes.empty and found.rising is None


def test_finds_what_only_one_channel_speaks_of(said):
    planted = said.copy()
    here = planted["Kanal"] == "Telefon"
    planted.loc[here, "Text"] += " Die Warteschleife war zu lang."
    found = themes.themes(workspace(planted)._store, cx.Filter(channels=("Telefon",))).contrast
    assert found.terms.iloc[0]["word"] in ("Warteschleife", "Warteschleife war zu lang")
    assert found.terms.iloc[0]["n_a"] == here.sum() and found.terms.iloc[0]["low"] > 0
    assert found.quotes["channel"].eq("Telefon").all() and found.quotes["text"].str.contains("Warteschleife").all()


def test_finds_what_rises(said):
    planted = said.copy()
    late = planted["Datum"] >= "2026-08-01"
    planted.loc[late & (planted.index % 2 == 0), "Text"] += " Das Portal ist abgestürzt."
    found = themes.themes(workspace(planted)._store, cx.Filter(), Against.PRAISE).rising
    row = found.terms.iloc[0]
    assert "Portal" in row["word"] or "abgestürzt" in row["word"]
    assert row["first_day"] == pd.Timestamp(planted.loc[planted["Text"].str.contains("Portal"), "Datum"].min())
    assert sum(n for _month, n in row["months"]) == row["n_a"] + row["n_b"]


def test_the_demo_hotline_is_found_and_stays_found(demo):
    first, second = (themes.themes(demo._store, cx.Filter(), Against.PRAISE) for _ in range(2))
    assert "Hotline" in set(first.rising.terms["word"])
    pd.testing.assert_frame_equal(first.contrast.terms, second.contrast.terms)
    pd.testing.assert_frame_equal(first.contrast.quotes, second.contrast.quotes)


def test_marks_are_controlled_over_both_questions_of_a_page(demo):
    both = themes.themes(demo._store, cx.Filter(channels=("Filiale",)))
    alone = themes.compare(demo._store, cx.Filter(channels=("Filiale",)), cx.Filter(channels=("Webshop", "App")))
    assert both.contrast.terms["p"].max() < 0.05 and alone.terms["p"].max() < 0.05
    assert both.contrast.tested >= len(both.contrast.terms)


def test_changing_sides_changes_the_sign(demo):
    store, (app, shop) = demo._store, (cx.Filter(channels=(name,)) for name in ("App", "Webshop"))
    there, back = themes.compare(store, app, shop), themes.compare(store, shop, app)
    pd.testing.assert_series_equal(there.terms.set_index("word")["log_odds"], -back.terms.set_index("word")["log_odds"])


def test_chance_alone_marks_few_pages(demo):
    known = usage.usage(demo._store)
    feedback = known.statements["feedback"].to_numpy()
    ids = np.unique(feedback)
    marked = 0
    for seed in range(60):
        chosen = np.isin(feedback, np.random.default_rng(seed).choice(ids, len(ids) // 5, replace=False))
        marked += bool(themes._sides(known, chosen, ~chosen).tested["real"].any())
    assert marked <= 6  # 3 expected at most


def test_against_what_there_is(demo):
    store = demo._store
    assert themes.possible(store, cx.Filter()) == (Against.PRAISE, Against.BEFORE)
    assert themes.possible(store, cx.Filter(channels=("App",))) == tuple(Against)
    assert Against.PRAISE not in themes.possible(store, cx.Filter(labels=("negative",)))
    with pytest.raises(AskError):
        themes.themes(store, cx.Filter(), "yesterday")


def test_recent_is_the_selected_period_or_the_last_three_full_months(demo):
    store = demo._store
    assert themes.recent(store, cx.Filter()) == (date(2026, 8, 1), date(2026, 10, 31))
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert themes.recent(store, cx.Filter(*march)) == march
    assert themes.recent(store, cx.Filter(start=date(2000, 1, 1))) is None
    assert themes.recent(store, cx.Filter(undated=True)) is None


def naive_users(voices: pd.DataFrame, word: str) -> int:
    return voices.loc[voices["text"].str.contains(rf"\b{word}\b"), "feedback"].nunique()


@pytest.mark.parametrize("selection", [cx.Filter(), cx.Filter(channels=("App", "Telefon")), cx.Filter(words="lampe")])
def test_critical_and_praising_statements_agree_with_a_naive_count_of_voices(ws, selection):
    known = usage.usage(ws._store)
    tested = themes._against(ws._store, known, selection, Against.PRAISE).tested.set_index("word")
    voices = ws.voices(selection, size=10_000)
    critical, praising = voices[voices["label"] == "negative"], voices[voices["label"] == "positive"]
    told = set(NOUNS) & set(tested.index)
    assert told
    for noun in told:
        assert tested.loc[noun, "n_a"] == naive_users(critical, noun)
        assert tested.loc[noun, "n_b"] == naive_users(praising, noun)


@pytest.mark.parametrize(
    "selection", [cx.Filter(pillars=("trust",)), cx.Filter(touchpoints=("returns",), labels=("negative",))]
)
def test_a_selection_of_aspects_is_what_the_voices_show(demo, selection):
    known = usage.usage(demo._store)
    chosen = themes._chosen(demo._store, known, selection)
    shown = demo.voices(selection, size=100_000)
    assert set(known.statements["statement"][chosen]) == set(shown.loc[shown["polarity"].notna(), "statement"])


def test_what_is_told_of_a_term_agrees_with_a_naive_reading(ws):
    known = usage.usage(ws._store)
    voices = ws.voices(size=10_000)
    nouns = known.terms.loc[known.terms["word"].isin(NOUNS), "word"]
    assert len(nouns)
    for place, noun in nouns.items():
        mood, sentences, first_day, months = themes._told(known, [place], np.ones(len(known.statements), dtype=bool))[0]
        said = voices[voices["text"].str.contains(rf"\b{noun}\b")]
        assert (sentences, mood) == (len(said), pytest.approx(said["polarity"].mean(), abs=1e-6))
        assert first_day == said["submitted_at"].min().normalize()
        monthly = said.groupby(said["submitted_at"].dt.to_period("M"))["feedback"].nunique()
        whole = monthly.reindex(pd.period_range(monthly.index.min(), monthly.index.max(), freq="M"), fill_value=0)
        assert months == list(zip(whole.index.to_timestamp(), whole.tolist(), strict=True))


def test_of_very_many_feedbacks_a_fixed_part_is_read(said, monkeypatch):
    monkeypatch.setattr(usage, "SAMPLE", 100)
    first, second = (usage.usage(workspace(said)._store) for _ in range(2))
    assert first.every == 3
    assert 60 < first.statements["feedback"].nunique() < 140
    pd.testing.assert_frame_equal(first.terms, second.terms)
    found = themes.themes(workspace(said)._store, cx.Filter(channels=("App",))).contrast
    assert found.every == 3
    assert found.feedbacks_a + found.feedbacks_b == first.statements["feedback"].nunique()
