"""Learns the weights of words, data/weights/, from the corpus, the lexicon as prior and, where they are at hand, two open sets.

Three linear models over the same features of words and phrases (cx.text.words), each with the rules of the lexicon applied:
which way a word leans (logistic regression on the polarity formula itself, the lexicon's weight as the prior mean), whether a
text judges at all, and which of the aspects it names. The same inputs give the same bytes. The corpus' test split takes no part.
"""

import gzip
import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import expit, log_expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from cx.store import Store
from cx.text import lexicon, reader, reading, weights
from cx.text.corpus import SHIPPED as CORPUS
from cx.text.corpus import statements as corpus
from cx.text.cutting import APART
from cx.text.german import STOP
from cx.text.reading import Reading
from cx.text.words import Words, phrase_features

ROOT = Path(__file__).parents[1]
LABELLED = ROOT.parent / "shared" / "data" / "labelled"
SIDES = {"neg": -1, "neu": 0, "pos": 1, "mix": 0}

SEEN = 3  # statements that must hold a feature before it is learned
CORPUS_COUNTS = 2.0  # a statement of ours weighs as much as two of the others
STEEPNESS = 6.0  # of the logistic curve over the polarity, which reaches from −1 to 1
LEAN_PENALTY = 5.0
SMOOTH = 0.02  # rounds off |x| at 0, so that it has a slope there
NEUTRAL_PULL = 0.1  # how much a neutral text draws its polarity to 0
JUDGES_COUNTS = {"corpus": 2.0, "mobasa": 1.0, "potts": 0.25}  # everyday tweets judge life, seldom a service
JUDGES_C, WHOLE_COUNTS = 0.2, 3.0  # inverse penalty; what the text as a whole says is shrunk less
ASPECT_C = 0.5
FOLDS = 5
SILENT = STOP | frozenset(
    [
        "aber",
        "jedoch",
        "allerdings",
        "obwohl",
        "trotzdem",
        "dafuer",
        "dennoch",
        "doch",
        "wobei",
        "leider",
        "nur",
        ",",
        ";",
        "(",
        "–",
    ]
)  # of no aspect
DIGITS = 2
LEAST = 0.03  # a weight below this is left out


@dataclass(frozen=True)
class Source:
    """Texts to learn from: side −1, 0, 1 per text; `judging` and `named` (texts × aspects) for the corpus alone."""

    name: str
    texts: list[str]
    side: np.ndarray
    judging: np.ndarray
    named: np.ndarray | None = None


@dataclass(frozen=True)
class Design:
    """What is read of all texts. Rows of `units` are words and phrases that lean; `factor` what the rules make of them,
    `base` their prior amount, `of_statement` (statements × units) where they stand. `counts` (statements × features) holds
    every word, `of_text` (texts × statements) the statements of a text, `question` (of statements) which ones ask."""

    features: list[str]
    units: sp.csr_matrix
    factor: np.ndarray
    base: np.ndarray
    of_statement: sp.csr_matrix
    counts: sp.csr_matrix
    of_text: sp.csr_matrix
    question: np.ndarray

    def first(self, texts: int) -> "Design":
        """The same for the first texts alone."""
        mine = np.flatnonzero(self.of_text[:texts].sum(axis=0))
        return replace(
            self,
            of_statement=self.of_statement[mine],
            counts=self.counts[mine],
            of_text=self.of_text[:texts][:, mine],
            question=self.question[mine],
        )


@dataclass(frozen=True)
class Learned:
    """What goes into the files: per feature `seen` (in how many statements), `lean`, `judges` and `aspects`; the numbers of
    texts and statements as a whole."""

    features: list[str]
    seen: np.ndarray
    lean: np.ndarray
    judges: np.ndarray
    aspects: np.ndarray
    numbers: dict[str, float]
    measures: np.ndarray


def sources(statements: pd.DataFrame) -> list[Source]:
    """The training split of the corpus, MobASA and PotTS; the last two only where they are at hand."""
    own = statements[~statements["test"]]
    polarity = own["polarity"]
    found = [
        Source("corpus", own["text"].tolist(), _sides(polarity.map(SIDES)), polarity.ne("neu").to_numpy(), _named(own))
    ]
    open_sets = {"mobasa": ("mobasa/dev", "mobasa/train_aspects_only"), "potts": ("potts/train",)}
    for name, parts in open_sets.items():
        paths = [LABELLED / f"{part}.tsv.gz" for part in parts]
        if all(path.exists() for path in paths):
            found.append(_open_set(name, paths))
        else:
            print(f"{name} is not at hand: learning without it.")
    return found


def _open_set(name: str, paths: list[Path]) -> Source:
    """A labelled set; a text of its own test part, which stands beside it, is left out."""
    frame = pd.concat([_labelled(path) for path in paths]).drop_duplicates("text")
    held_out = _labelled(paths[0].parent / "test.tsv.gz")
    frame = frame[(frame["label"] != "") & ~frame["text"].isin(held_out["text"])]
    side = _sides(frame["label"].astype(int))
    return Source(name, frame["text"].tolist(), side, side != 0)


def _labelled(path: Path) -> pd.DataFrame:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False)


def _sides(values: pd.Series) -> np.ndarray:
    return values.to_numpy(dtype=np.int64)


def _named(statements: pd.DataFrame) -> np.ndarray:
    keys = {key: place for place, (_, key) in enumerate(weights.aspects())}
    named = np.zeros((len(statements), len(keys)), bool)
    both = statements["pillars"] + "," + statements["touchpoints"]
    for row, listed in enumerate(both):
        for part in filter(None, listed.split(",")):
            named[row, keys[part.partition(":")[0]]] = True
    return named


def design(texts: list[str], features: list[str] | None = None) -> Design:
    """Read `texts` by the lexicon alone. Without `features` they are those of at least SEEN statements."""
    analyser = Words(lexicon.load(), weights.untrained())
    with Store().reading() as session, session.given(text_input=reader.given(texts, 0)):
        read = reading.interpret(session, analyser)
    cut, judged = read.cut, read.judgements
    amounts = dict(zip(judged.units.token.tolist(), judged.amount.tolist(), strict=True))  # by (first) token
    units: list[tuple[int, float, float, tuple[str, ...]]] = []
    said: list[tuple[int, tuple[str, ...]]] = []
    starts = set()
    for place, token in _phrases(read):
        phrase, statement, amount = analyser.phrases[place], int(cut.statement[token]), amounts.get(token, 0)
        starts.add(token)
        found = phrase_features(phrase.expression)
        said.append((statement, found))
        if amount:
            units.append((statement, amount / phrase.weight if phrase.weight else 0.0, amount / weights.UNIT, found))
    forms = [spelling.lower() for spelling in cut.spellings.to_pylist()]
    for token, (statement, spelling) in enumerate(zip(cut.statement.tolist(), cut.token.tolist(), strict=True)):
        word, found = analyser.word(forms[spelling]), analyser.features(forms[spelling])
        said.append((statement, found))
        amount = 0 if token in starts else amounts.get(token, 0)
        if amount:
            units.append((statement, amount / word.weight if word.weight else 0.0, amount / weights.UNIT, found))
        if not word.weight:
            units.append((statement, 1.0, 0.0, found))
    if features is None:
        features = _frequent(said)
    column = {feature: place for place, feature in enumerate(features)}
    return Design(
        features=features,
        units=_incidence([found for *_, found in units], column, lexical=False),
        factor=np.array([factor for _, factor, _, _ in units]),
        base=np.array([base for _, _, base, _ in units]),
        of_statement=_at([statement for statement, *_ in units], len(cut)),
        counts=(_at([place for place, _ in said], len(cut)) @ _incidence([found for _, found in said], column)).tocsr(),
        of_text=_at(cut.text.tolist(), len(texts)),
        question=cut.question,
    )


def _phrases(read: Reading) -> list[tuple[int, int]]:
    """The phrases of a reading with their first token, by place of the statement and of the phrase in the lexicon."""
    first = read.phrases.hits[read.phrases.first]
    spot, token, phrase = read.hits.spot[first], read.hits.token[first], read.phrases.phrase
    order = np.lexsort((spot, phrase, spot // APART))
    return list(zip(phrase[order].tolist(), token[order].tolist(), strict=True))


def _frequent(said: Iterable[tuple[int, tuple[str, ...]]]) -> list[str]:
    seen: dict[str, set[int]] = {}
    for statement, found in said:
        for feature in found:
            seen.setdefault(feature, set()).add(statement)
    return sorted(feature for feature, where in seen.items() if len(where) >= SEEN)


def _incidence(found: list[tuple[str, ...]], column: dict[str, int], *, lexical: bool = True) -> sp.csr_matrix:
    """Rows × features. Without `lexical` small words and what stands for an aspect of the lexicon stay out: they lean nowhere."""
    pairs = [
        (row, column[f])
        for row, fs in enumerate(found)
        for f in fs
        if f in column and (lexical or f[0] != "@" and f not in STOP)
    ]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(column)))


def _at(places: list[int], size: int) -> sp.csr_matrix:
    return sp.csr_matrix((np.ones(len(places)), (places, range(len(places)))), shape=(size, len(places)))


# -- the three models ---------------------------------------------------------------------------------------------------


def balanced(read: Design, lean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Balance and mass of every statement, as the reader works them out."""
    amount = read.base + read.factor * (read.units @ lean)
    return read.of_statement @ amount, read.of_statement @ np.abs(amount)


def learn_lean(read: Design, side: np.ndarray, counts: np.ndarray, doubt: float) -> np.ndarray:
    """What each feature adds to the polarity: the logistic loss of the polarity formula, shrunk towards the lexicon."""
    sided = side != 0
    of_text = (read.of_text @ read.of_statement).tocsr()

    def loss(lean: np.ndarray) -> tuple[float, np.ndarray]:
        amount = read.base + read.factor * (read.units @ lean)
        size = np.sqrt(amount * amount + SMOOTH * SMOOTH)
        mass = of_text @ (size - SMOOTH) + doubt
        polarity = (of_text @ amount) / mass
        margin = STEEPNESS * polarity * side
        pull = NEUTRAL_PULL * STEEPNESS * counts * polarity
        value = -(counts * log_expit(margin))[sided].sum() + (pull * polarity)[~sided].sum()
        slope = np.where(sided, -counts * STEEPNESS * side * expit(-margin), 2 * pull) / mass
        by_unit = of_text.T @ slope - (of_text.T @ (slope * polarity)) * (amount / size)
        gradient = read.units.T @ (read.factor * by_unit)
        return value + LEAN_PENALTY * (lean @ lean), gradient + 2 * LEAN_PENALTY * lean

    start = np.zeros(len(read.features))
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def learn_judges(
    read: Design, balance: np.ndarray, mass: np.ndarray, given: list[Source]
) -> tuple[np.ndarray, dict[str, float]]:
    """What each feature adds to the score that tells judging texts, and the numbers of the text as a whole.

    One threshold serves sources that hold very different shares of neutral texts: it is where the macro-F1 of negative,
    neutral and positive, in held-out folds, is highest on average over the sources.
    """
    doubt = lexicon.load().numbers["doubt"]
    judging = np.concatenate([source.judging for source in given])
    all_mass = read.of_text @ mass
    polarity = (read.of_text @ balance) / (all_mass + doubt)
    asks = read.of_text @ read.question > 0
    told = np.c_[np.abs(polarity), np.maximum(polarity, 0), all_mass / (all_mass + 1), asks] * WHOLE_COUNTS
    telling = np.array([feature[0] != "@" and feature not in SILENT for feature in read.features], float)
    texts = sp.hstack([read.of_text @ read.counts @ sp.diags(telling), sp.csr_matrix(told)]).tocsr()
    counts = np.concatenate([np.full(len(s.texts), JUDGES_COUNTS[s.name]) for s in given])

    def fit(inside: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=JUDGES_C, max_iter=500).fit(texts[inside], judging[inside], counts[inside])

    folds = folds_of([text for source in given for text in source.texts])
    held_out = np.zeros(len(judging))
    for fold in range(FOLDS):
        held_out[folds == fold] = fit(folds != fold).decision_function(texts[folds == fold])
    threshold = _judging_threshold(held_out, np.sign(polarity), given)
    model = fit(np.ones(len(judging), bool))
    found = model.coef_[0]
    numbers = {
        "bias": model.intercept_[0] - threshold,
        **dict(zip(("strength", "good", "mass", "question"), found[len(read.features) :] * WHOLE_COUNTS, strict=True)),
    }
    return found[: len(read.features)], numbers


def folds_of(texts: list[str]) -> np.ndarray:
    """A fold for each text, by its content."""
    return np.array([hashlib.sha256(text.encode()).digest()[1] % FOLDS for text in texts])


def _judging_threshold(scores: np.ndarray, signs: np.ndarray, given: list[Source]) -> float:
    ends = np.cumsum([len(source.texts) for source in given])
    found = []
    for threshold in np.arange(-1.0, 1.5, 0.05):
        said = np.where(scores >= threshold, signs, 0)
        f1 = [
            f1_score(source.side, said[end - len(source.texts) : end], average="macro", labels=(-1, 0, 1))
            for source, end in zip(given, ends, strict=True)
            if JUDGES_COUNTS[source.name]
        ]
        found.append((np.mean(f1), threshold, f1))
    _mean, threshold, f1 = max(found)
    reached = ", ".join(f"{source.name} {reached:.3f}" for source, reached in zip(given, f1, strict=False))
    print(f"judging: threshold {threshold:.2f}, macro-F1 on held-out folds: {reached}")
    return float(threshold)


def learn_aspects(
    read: Design, balance: np.ndarray, mass: np.ndarray, named: np.ndarray, folds: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Features × aspects, and aspects × MEASURES. The threshold of a dimension is where the micro-F1 of held-out folds peaks.

    A text says of some statement that it names an aspect, not of which: the first fit takes all, the second the likeliest.
    """
    good, bad = (mass + balance) / 2, (mass - balance) / 2
    told = np.c_[good / (good + 1), bad / (bad + 1), read.question]
    content = sp.diags([0.0 if feature in SILENT else 1.0 for feature in read.features])
    statements = sp.hstack([read.counts @ content, sp.csr_matrix(told)]).tocsr()
    held_out = np.zeros(named.shape)
    for fold in range(FOLDS):
        inside = folds != fold
        learned, bias = _fit_aspects(statements, read.of_text, named, inside)
        held_out[~inside] = _largest(statements @ learned + bias, read.of_text)[~inside]
    learned, bias = _fit_aspects(statements, read.of_text, named, np.ones(len(named), bool))
    for dimension in ("pillar", "touchpoint"):
        columns = [place for place, (of, _) in enumerate(weights.aspects()) if of == dimension]
        threshold, f1 = best_threshold(held_out[:, columns], named[:, columns])
        print(f"{dimension}: threshold {threshold:.2f}, micro-F1 {f1:.3f} on held-out folds")
        bias[columns] -= threshold
    size = len(read.features)
    return learned[:size], np.c_[bias, learned[size:].T]


def _largest(scores: np.ndarray, of_text: sp.csr_matrix) -> np.ndarray:
    """The largest score of the statements of each text; a text without any gets a very small one."""
    found = np.full((of_text.shape[0], scores.shape[1]), -99.0)
    np.maximum.at(found, of_text.tocoo().row, scores[of_text.tocoo().col])
    return found


def _fit_aspects(
    statements: sp.csr_matrix, of_text: sp.csr_matrix, named: np.ndarray, inside: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    texts, place = of_text[inside], of_text.tocoo()
    owner = np.full(statements.shape[0], -1)
    owner[place.col] = place.row
    mine = inside[owner]
    whole = texts @ statements
    learned, bias = np.zeros((statements.shape[1], named.shape[1])), np.full(named.shape[1], -20.0)
    for aspect in np.flatnonzero(named[inside].sum(axis=0) >= SEEN):
        weight, base = _fit(whole, named[inside, aspect])
        scores = statements @ weight + base
        likeliest = scores >= _largest(scores[:, None], of_text)[owner, 0]
        learned[:, aspect], bias[aspect] = _fit(statements[mine], (named[owner, aspect] & likeliest)[mine])
    return learned, bias


def _fit(texts: sp.csr_matrix, named: np.ndarray) -> tuple[np.ndarray, float]:
    model = LogisticRegression(C=ASPECT_C, solver="liblinear", random_state=0).fit(texts, named)
    return model.coef_[0], float(model.intercept_[0])


def best_threshold(scores: np.ndarray, named: np.ndarray) -> tuple[float, float]:
    """The threshold with the highest micro-F1, and that."""
    found = []
    for threshold in np.arange(-2.0, 1.0, 0.05):
        said = scores >= threshold
        f1 = 2 * (said & named).sum() / max(1, said.sum() + named.sum())
        found.append((f1, -abs(threshold), threshold))
    f1, _, threshold = max(found)
    return float(threshold), float(f1)


# -- the files ------------------------------------------------------------------------------------------------------------


def learn(statements: pd.DataFrame, folder: Path) -> None:
    """Learn from the training split of `statements` and the open sets, and write words.tsv and numbers.toml to `folder`."""
    given = sources(statements)
    read = design([text for source in given for text in source.texts])
    side = np.concatenate([source.side for source in given])
    own = np.concatenate([np.full(len(source.texts), source.name == "corpus") for source in given])
    counts = np.where(own, CORPUS_COUNTS, 1.0)
    doubt = lexicon.load().numbers["doubt"]
    lean = learn_lean(read, side, counts * _even(given), doubt)
    balance, mass = balanced(read, lean)
    judges, numbers = learn_judges(read, balance, mass, given)
    first = len(given[0].texts)
    mine, named = read.first(first), given[0].named
    assert named is not None
    aspects, measures = learn_aspects(mine, *balanced(mine, lean), named, folds_of(given[0].texts))
    _write(
        folder,
        Learned(
            read.features,
            np.asarray(read.counts.astype(bool).sum(axis=0)).ravel(),
            lean,
            judges,
            aspects,
            numbers,
            measures,
        ),
        given,
    )


def _even(given: list[Source]) -> np.ndarray:
    """Weights that give the bad and the good texts of each source the same say."""
    parts = []
    for source in given:
        even = np.ones(len(source.side))
        sided = (source.side != 0).sum()
        for sign in (-1, 1):
            mine = source.side == sign
            even[mine] = sided / 2 / max(1, mine.sum())
        parts.append(even)
    return np.concatenate(parts)


def _write(folder: Path, learned: Learned, given: list[Source]) -> None:
    keys = [key for _, key in weights.aspects()]
    lines = ["feature\tseen\tlean\tjudges\taspects"]
    for place, feature in enumerate(learned.features):
        about = [f"{key}:{_short(w)}" for key, w in zip(keys, learned.aspects[place], strict=True) if abs(w) >= LEAST]
        row = (_short(learned.lean[place]), _short(learned.judges[place]), " ".join(about))
        lines.append("\t".join((feature, str(learned.seen[place]), *row)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = ["# Made by script/train; what it was made from and how is told in data/CREDITS.md and docs/method.md."]
    told += [
        f'corpus = "{digest()}"',
        f"learned_from = {{ {', '.join(f'{s.name} = {len(s.texts)}' for s in given)} }}",
        "",
    ]
    told += ["[judges]", *(f"{name} = {number:.{DIGITS}f}" for name, number in learned.numbers.items())]
    for key, row in zip(keys, learned.measures, strict=True):
        told += ["", f"[aspect.{key}]"]
        told += [f"{name} = {number:.{DIGITS}f}" for name, number in zip(weights.MEASURES, row, strict=True)]
    (folder / "numbers.toml").write_text("\n".join(told) + "\n", encoding="utf-8")


def _short(weight: float) -> str:
    return f"{weight:.{DIGITS}f}" if abs(weight) >= LEAST else ""


def digest() -> str:
    """Of what the weights are learned from here: the corpus and the lexicon."""
    return hashlib.sha256(CORPUS.read_bytes() + lexicon.load().version.encode()).hexdigest()[:16]


if __name__ == "__main__":
    learn(corpus(), Path(sys.argv[1]) if len(sys.argv) > 1 else weights.SHIPPED)
