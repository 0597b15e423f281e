"""Who uses which words: every German statement as the words, word pairs and families of compounds in it, kept in memory.

Built once per state of the database, of at most SAMPLE feedbacks, after which a question takes milliseconds. Words are counted by their
base form. Terms that fewer than N_WITHHELD feedbacks use are left out: about them nothing would be shown.
"""

import math
import threading
import weakref
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

import numpy as np
import pandas as pd

from cx.model.filter import Filter
from cx.model.limits import N_WITHHELD
from cx.stats.wording import collocated
from cx.store import Store, sql
from cx.text.german import THEMELESS, TOKEN, folded
from cx.text.lexicon import Role
from cx.text.words import Words, shipped

QUERIES = Path(__file__).with_name("queries")
SAMPLE = 100_000  # feedbacks: a second's work at the first question per 15,000
PLACEHOLDER = r"\[[^\[\]]*\]"  # of personal data: never a word
SHORTEST = 3  # letters of a word
NEAR = 3  # the words of a pair stand at most so many places apart
COMPOUNDS = 2  # a family has at least so many different compounds
USUAL = 0.1  # a base form written in so many of its uses stands for the word, else its most frequent form
READABLE = (25, 220)  # characters of a statement that makes a good quote
NEGATIONS = (Role.NEGATOR, Role.NEITHER, Role.NOR)


class Kind(StrEnum):
    """What a term is."""

    WORD = "word"
    PAIR = "pair"
    FAMILY = "family"  # a word and all compounds that end in it


class Use(IntEnum):
    """What a written form can be part of."""

    SMALL = 0  # of nothing, but a pair may reach across it
    BREAK = 1  # of nothing: commas, numbers, addresses
    NEGATION = 2  # of a pair, as its first word
    WORD = 3


@dataclass(frozen=True, eq=False)
class Usage:
    """Which statement uses which term. Statements and terms are numbered by their place in `statements` and `terms`.

    `statements`: statement, feedback (ascending), day, polarity, label, whose (feedbacks by number), month (day 1; NaT: without date), rank (of
    how well it serves as a quote: lowest first). `terms`: kind, word (as most often written, "…" before
    the word of a family), search (what finds it in the texts), first, second (places of a pair's words, of a compound's
    family in first; −1). `term` and `said` name the uses, by term and statement; `groups`: where the uses of one term by one
    feedback begin; `firsts`: where the groups of each term begin. `every`: the statements are those of one feedback in so many.
    """

    statements: pd.DataFrame
    terms: pd.DataFrame
    term: np.ndarray
    said: np.ndarray
    groups: np.ndarray
    firsts: np.ndarray
    every: int

    def feedbacks(self, chosen: np.ndarray) -> int:
        """How many feedbacks the chosen statements (booleans) are of."""
        return int(np.count_nonzero(np.bincount(self.statements["whose"].to_numpy()[chosen])))

    def counts(self, *chosen: np.ndarray) -> list[np.ndarray]:
        """For each of up to eight choices of statements (booleans): how many feedbacks use each term in one of them. All in one pass, a bit
        for each choice."""
        if not len(self.groups):
            return [np.zeros(len(self.terms), dtype=np.int64) for _ in chosen]
        bits = np.bitwise_or.reduce([each.astype(np.uint8) << place for place, each in enumerate(chosen)])
        used = np.bitwise_or.reduceat(bits[self.said], self.groups)
        return [np.add.reduceat(used >> place & 1, self.firsts, dtype=np.int64) for place in range(len(chosen))]

    def uses(self, term: int, chosen: np.ndarray) -> np.ndarray:
        """The places of the chosen statements that use a term, ascending."""
        found = self.said[slice(*np.searchsorted(self.term, np.array([term, term + 1], dtype=self.term.dtype)))]
        return found[chosen[found]]


_kept: weakref.WeakKeyDictionary[Store, tuple[int, Usage]] = weakref.WeakKeyDictionary()
_building = threading.Lock()


def usage(store: Store) -> Usage:
    """The words of the feedback as it is now: kept until something is written."""
    with _building:
        version = store.version
        kept = _kept.get(store)
        if kept is None or kept[0] != version:
            kept = _kept[store] = (version, _built(store))
        return kept[1]


def _built(store: Store) -> Usage:
    read = int(store.frame("extent", filter=Filter().parameter()).iloc[0]["with_text"])
    every = max(1, math.ceil(read / SAMPLE))
    with store.reading() as session:
        session.run(sql(QUERIES / "said.sql"), every=every, token=TOKEN, placeholder=PLACEHOLDER)
        statements = _numbered(session.frame("FROM said ORDER BY place").drop(columns=["place", "body"]))
        forms = _forms(session.frame(sql(QUERIES / "said_forms.sql")))
        with session.given(given_form=forms[["written", "form"]]):
            tokens = session.frame(sql(QUERIES / "said_tokens.sql"))
    return _indexed(statements, forms, tokens, every)


def _numbered(said: pd.DataFrame) -> pd.DataFrame:
    """The statements with whose, month and rank: readable ones first, later ones first."""
    ranked = said.assign(readable=said["size"].between(*READABLE)).sort_values(
        ["readable", "day", "statement"], ascending=False, na_position="last"
    )
    rank = pd.Series(np.arange(len(said)), index=ranked.index)
    whose = pd.factorize(said["feedback"])[0]
    month = said["day"].to_numpy().astype("datetime64[M]")
    return said.drop(columns="size").assign(whose=whose, month=month, rank=rank)


def _forms(counted: pd.DataFrame) -> pd.DataFrame:
    """One row per written form: written, n, form (its number), lemma, head (of a compound, else ""), use (a Use)."""
    analyser = shipped()
    found = [_form(analyser, written) for written in counted["written"]]
    listed = pd.DataFrame(found, columns=["lemma", "head", "use"], index=counted.index)
    return counted.join(listed).assign(form=np.arange(len(counted), dtype=np.int32))


def _form(analyser: Words, written: str) -> tuple[str, str, Use]:
    if not written[0].isalpha() or "/" in written or "." in written:
        return "", "", Use.BREAK
    word, plain = analyser.word(written.lower()), folded(written)
    lemma = word.lemma or plain
    if word.role in NEGATIONS:
        return lemma, "", Use.NEGATION
    if len(plain) < SHORTEST or {plain, lemma} & THEMELESS:
        return "", "", Use.SMALL
    return lemma, analyser.head(written.lower()), Use.WORD


@dataclass(frozen=True, eq=False)
class _Speech:
    """Every token in order: its form, lemma and use, the statement it stands in and its place there; `feedback` of each statement."""

    form: np.ndarray
    lemma: np.ndarray
    use: np.ndarray
    said: np.ndarray
    place: np.ndarray
    feedback: np.ndarray

    def uses(self, key: np.ndarray, said: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Keys and statements, each once, by key and statement."""
        span = max(len(self.feedback), 1)
        return np.divmod(np.unique(key.astype(np.int64) * span + said), span)

    def groups(self, key: np.ndarray, said: np.ndarray) -> np.ndarray:
        """Where the uses of one key by one feedback begin."""
        whose = self.feedback[said]
        return np.flatnonzero(np.diff(key, prepend=-1).astype(bool) | np.diff(whose, prepend=-1).astype(bool))

    def counted(self, key: np.ndarray, said: np.ndarray) -> pd.Series:
        """The feedbacks of every key that enough of them use."""
        keys, n = np.unique(key[self.groups(key, said)], return_counts=True)
        return pd.Series(n, index=keys)[n >= N_WITHHELD]


Uses = tuple[
    pd.DataFrame, np.ndarray, np.ndarray
]  # terms with their keys as index, ascending; key and statement of each use


def _indexed(statements: pd.DataFrame, forms: pd.DataFrame, tokens: pd.DataFrame, every: int) -> Usage:
    """`tokens`: said, place, form; by said and place."""
    lemmas, names = pd.factorize(forms["lemma"])
    form = tokens["form"].to_numpy()
    speech = _Speech(
        form,
        lemmas[form],
        forms["use"].to_numpy(dtype=np.int8)[form],
        tokens["said"].to_numpy(),
        tokens["place"].to_numpy(),
        statements["whose"].to_numpy(),
    )
    listed = forms.assign(lemma=lemmas, base=forms["lemma"])
    single = _words(speech, listed)
    found = [single, _pairs(speech, listed), _families(speech, listed, names, single[0])]
    firsts = np.cumsum([0, *(len(terms) for terms, _key, _said in found)])
    term = [
        first + np.searchsorted(terms.index, key) for first, (terms, key, _said) in zip(firsts, found, strict=False)
    ]
    term, said = np.concatenate(term).astype(np.int32), np.concatenate([said for *_, said in found]).astype(np.int32)
    groups = speech.groups(term, said)
    begun = np.flatnonzero(np.diff(term[groups], prepend=-1))  # every term is used
    return Usage(statements, _terms(*(terms for terms, *_ in found)), term, said, groups, begun, every)


def _terms(words: pd.DataFrame, pairs: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """All terms, with places in this frame instead of keys."""
    place = pd.Series(np.arange(len(words)), index=words.index)
    family = pd.Series(np.arange(len(families)) + len(words) + len(pairs), index=families["head"])
    first = [words["head"].map(family), pairs["first"].map(place), families["lemma"].map(place)]
    listed = pd.concat([words, pairs, families], ignore_index=True)[["kind", "word", "search"]]
    second = pairs["second"].map(place).set_axis(np.arange(len(words), len(words) + len(pairs)))
    return listed.assign(
        first=pd.concat(first, ignore_index=True).fillna(-1).astype(int),
        second=second.reindex(listed.index).fillna(-1).astype(int),
    )


def _words(speech: _Speech, forms: pd.DataFrame) -> Uses:
    here = speech.use == Use.WORD
    key, said = speech.uses(speech.lemma[here], speech.said[here])
    counted = speech.counted(key, said)
    kept = np.isin(key, counted.index)
    written = forms[(forms["use"] == Use.WORD) & forms["lemma"].isin(counted.index)]
    terms = _written(written).reindex(counted.index).assign(kind=str(Kind.WORD))
    return terms.assign(search=terms["word"].str.lower()), key[kept], said[kept]


def _written(forms: pd.DataFrame) -> pd.DataFrame:
    """Of each lemma, the index: word (how it is written) and head, of its most frequent form; the base form where it is usual."""
    total = forms.groupby("lemma")["n"].transform("sum")
    base = forms["written"].map(folded) == forms["base"]
    ranked = forms.assign(usual=base & (forms["n"] >= USUAL * total)).sort_values(["usual", "n", "form"])
    return (
        ranked.drop_duplicates("lemma", keep="last")
        .set_index("lemma")[["written", "head"]]
        .set_axis(["word", "head"], axis=1)
    )


def _pairs(speech: _Speech, forms: pd.DataFrame) -> Uses:
    places, first, second = _neighbours(speech)
    span = int(forms["lemma"].max() + 1) if len(forms) else 1
    key = first.astype(np.int64) * span + second
    used, said = speech.uses(key, speech.said[places[:, 0]])
    counted = speech.counted(used, said)
    single = _single(speech)
    n_first, n_second = (counted.index // span).map(single), (counted.index % span).map(single)
    counted = counted[collocated(counted, n_first, n_second, len(np.unique(speech.feedback)))]
    kept = np.isin(used, counted.index)
    terms = _stretches(speech, forms, key, places, counted.index).assign(kind=str(Kind.PAIR))
    terms = terms.assign(first=terms.index // span, second=terms.index % span, search=terms["word"].str.lower())
    return terms, used[kept], said[kept]


def _single(speech: _Speech) -> pd.Series:
    """How many feedbacks use each lemma."""
    here = speech.use >= Use.NEGATION
    return speech.counted(*speech.uses(speech.lemma[here], speech.said[here]))


def _neighbours(speech: _Speech) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two words of one statement with nothing but small words between: places of both among all tokens, their lemmas."""
    standing = np.flatnonzero(speech.use != Use.SMALL)
    left, right = standing[:-1], standing[1:]
    near = (
        (speech.said[left] == speech.said[right])
        & (speech.place[right] - speech.place[left] <= NEAR)
        & (speech.use[left] >= Use.NEGATION)
        & (speech.use[right] == Use.WORD)
        & (speech.lemma[left] != speech.lemma[right])
    )
    places = np.column_stack([left[near], right[near]])
    return places, speech.lemma[places[:, 0]], speech.lemma[places[:, 1]]


def _stretches(
    speech: _Speech, forms: pd.DataFrame, key: np.ndarray, places: np.ndarray, wanted: pd.Index
) -> pd.DataFrame:
    """Of each wanted pair, the index: word, the stretch of text that it is most often written as."""
    here = np.isin(key, wanted)
    key, (left, right) = key[here], places[here].T
    steps = {
        f"step{i}": np.where(left + i <= right, speech.form[np.minimum(left + i, right)], -1) for i in range(NEAR + 1)
    }
    counted = pd.DataFrame({"key": key, **steps}).value_counts(sort=False).rename("n").reset_index()
    chosen = counted.sort_values(["n", *steps], kind="stable").drop_duplicates("key", keep="last").set_index("key")
    written = np.append(forms["written"].to_numpy(dtype=object), "")
    words = [" ".join(written[list(row)]).strip() for row in chosen[list(steps)].to_numpy()]
    return pd.DataFrame({"word": pd.Series(words, index=chosen.index, dtype=object)}).sort_index()


def _families(speech: _Speech, forms: pd.DataFrame, names: pd.Index, words: pd.DataFrame) -> Uses:
    """Nouns by the word they end in, where several differ and it is one of `words` itself."""
    usual = forms[forms["use"] == Use.WORD].sort_values("n").drop_duplicates("lemma", keep="last")
    compounds = usual[(usual["head"] != "") & usual["written"].str[:1].str.isupper()]
    several = compounds.groupby("head")["lemma"].nunique()
    terms = pd.DataFrame({"head": several.index[several >= COMPOUNDS]})
    terms["lemma"] = names.get_indexer(terms["head"].map(folded))
    terms = terms[terms["lemma"].isin(words.index)].reset_index(drop=True)
    terms["search"] = terms["lemma"].map(words["search"]).astype(object)
    terms["word"] = [f"…{search}" for search in terms["search"]]
    member = np.full((2, len(names)), -1)
    member[0, compounds["lemma"]] = pd.Index(terms["head"]).get_indexer(compounds["head"])
    member[1, terms["lemma"]] = terms.index
    token = np.flatnonzero(speech.use == Use.WORD)
    joined = np.concatenate([family[speech.lemma[token]] for family in member])
    key, said = speech.uses(joined[joined >= 0], np.tile(speech.said[token], 2)[joined >= 0])
    kept = np.isin(key, speech.counted(key, said).index)
    return terms.loc[np.unique(key[kept])].assign(kind=str(Kind.FAMILY)), key[kept], said[kept]
