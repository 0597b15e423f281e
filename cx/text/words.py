"""One word at a time: lemma, lexicon entry, compound, affix, learned weights. Each distinct word is analysed once per process."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

import numpy as np

from cx.text import lexicon, weights
from cx.text.german import (
    BOUND,
    ENDINGS,
    FOLDS,
    FORMS,
    FREQUENT,
    FRONTS,
    GENERIC,
    JOINTS,
    NOT_DEGREE,
    PARTICIPLE,
    PLAIN,
    PREFIXES,
    REPEATED,
    SOFT,
    STOP,
    VOWEL,
    WISHES,
    folded,
)
from cx.text.lexicon import Entry, Lexicon, Role
from cx.text.weights import JUDGES, LEAN, UNIT, Weights

PAIRED = {"weder": Role.NEITHER, "noch": Role.NOR}
STEADY = frozenset(("emoji", "irony", "interj", "contrast"))
LONGEST_WORD = 40  # letters; longer ones are no German words worth splitting
HEAD_MIN = 4
MISTYPED_MIN = 7  # letters; among shorter words too many good ones are neighbours
MEMORY = 400_000  # words kept per process, about 150 MB
BEGINNING = 6  # letters of a long word that stand for its family
EVIDENCE = UNIT  # a word that adds so much to an aspect is shown as its evidence
T = TypeVar("T")
NUMBER = re.compile(r"\d[\d.,:/-]*")

PHRASE_TOKEN = re.compile(r"_|[^\W_]+(?:[-'’.*/&][^\W_]+)*|[:;=]['’]?-?[()|/\\DP3]+|[^\w\s,;.!?]+|[!?]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """What a word form says. `weight` in 1/1024, `key` its number among the words of phrases (0: in none)."""

    key: int = 0
    weight: int = 0
    role: Role = Role.PLAIN
    degree: bool = False  # can be "zu …": an adjective
    steady: bool = False  # no neighbour turns it: emoji, irony, exclamations
    pillars: tuple[str, ...] = ()  # of the lexicon
    touchpoints: tuple[str, ...] = ()
    rule: str = ""
    lemma: str = ""
    tail: str = ""  # the known last part of a compound
    learned: np.ndarray | None = None  # in 1/1024: columns of cx.text.weights

    @property
    def lean(self) -> int:
        """What the word adds to the polarity by itself, outside of the rules; words of the rules have it in their weight."""
        return 0 if self.weight or self.learned is None else int(self.learned[LEAN])

    @property
    def judges(self) -> int:
        """What the word adds to the score that tells a judging text from a neutral one."""
        return 0 if self.learned is None else int(self.learned[JUDGES])

    @property
    def names(self) -> int:
        """The aspects it is evidence for, one bit each, in the order of the weights."""
        return _bits(self.learned)

    @property
    def active(self) -> bool:
        """Whether the rules need to see the word at all."""
        return bool(self.key or self.weight or self.role or self.degree or self.names)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A multi-word expression: keys in order, and how far each may stand behind the one before it."""

    keys: tuple[int, ...]
    gaps: tuple[int, ...]
    anchor: int  # place of the rarest key
    ordered: bool
    span: int  # at most so many words from first to last
    weight: int
    role: Role
    steady: bool
    expression: Entry
    learned: np.ndarray | None

    @property
    def names(self) -> int:
        """The aspects it is evidence for, one bit each, in the order of the weights."""
        return _bits(self.learned)


def _bits(learned: np.ndarray | None) -> int:
    if learned is None:
        return 0
    return sum(1 << int(place) for place in np.flatnonzero(learned[JUDGES + 1 :] >= EVIDENCE))


def _leaning(weight: int, learned: np.ndarray | None) -> int:
    """What the lexicon says moved by what was learned. A word that it knows as judging never falls silent."""
    return weight if not weight or learned is None else (weight + int(learned[LEAN])) or weight


@cache
def _parts(expression: str, kind: str) -> tuple[str, ...]:
    """The folded words of an expression of the lexicon."""
    expression = expression.replace("\ufe0f", "")
    if kind == "emoji":
        return (folded(expression),)
    parts = tuple(folded(p) for p in PHRASE_TOKEN.findall(expression))
    return parts[1:] if len(parts) == 2 and parts[0] == "sich" else parts


@dataclass
class Words:
    """The analyser over one lexicon and what was learned."""

    lexicon: Lexicon
    weights: Weights
    bases: dict[str, Entry | None] = field(default_factory=dict)  # folded base form -> entry, None: in phrases only
    forms: dict[str, str] = field(default_factory=dict)  # irregular form -> base
    heads: set[str] = field(default_factory=set)  # how last parts of compounds begin
    keys: dict[str, int] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)
    misspelt: dict[str, list[str]] = field(default_factory=dict)  # a letter left out -> bases
    seen: dict[str, Word] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)  # what others have made of it

    def __post_init__(self) -> None:
        several = [e for e in self.lexicon.entries if len(_parts(e.expression, e.kind)) > 1]
        for entry in self.lexicon.entries:
            if len(parts := _parts(entry.expression, entry.kind)) == 1:
                self.bases[parts[0]] = entry
        for entry in several:
            self._take_alone(entry)
            last = _parts(entry.expression, entry.kind)[-1]
            if _is_verbal(entry.expression) and last not in FORMS and last not in self.lexicon.verbs:
                self.bases.setdefault(last, None)
        self.heads = {b[:HEAD_MIN] for b, e in self.bases.items() if e and e.kind in ("noun", "adj")}
        self.forms = self._all_forms()
        for base, entry in self.bases.items():
            if (
                entry
                and abs(entry.weight) >= 1
                and entry.kind in ("adj", "noun")
                and len(base) >= MISTYPED_MIN
                and base.isalpha()
            ):
                for key in _shortened(base):
                    self.misspelt.setdefault(key, []).append(base)
        self._number_phrases(several)

    def _take_alone(self, entry: Entry) -> None:
        """ "ein Trauerspiel", "abgespeist werden": what says it all is one word, and that becomes a word of its own."""
        content = [p for p in _parts(entry.expression, entry.kind) if p not in STOP and p not in SOFT and p != "_"]
        noun = entry.expression.rsplit(maxsplit=1)[-1][0].isupper()
        passive = entry.expression.endswith((" werden", " sein"))
        if len(content) == 1 and len(content[0]) > 3 and abs(entry.weight) >= 1 and (noun or passive):
            self.bases.setdefault(content[0], replace(entry, kind="noun"))

    def _number_phrases(self, entries: list[Entry]) -> None:
        lemmas = {
            e.expression: [p if p == "_" else self.lemma(p) for p in _parts(e.expression, e.kind)] for e in entries
        }
        counts: dict[str, int] = {}
        for found in lemmas.values():
            for lemma in found:
                counts[lemma] = counts.get(lemma, 0) + 1
        done: set[tuple[int, ...]] = set()
        for entry in entries:
            phrase = self._phrase(entry, lemmas[entry.expression], counts)
            if phrase.keys not in done and len(set(phrase.keys)) == len(phrase.keys) > 1:
                self.phrases.append(phrase)
                done.add(phrase.keys)

    def _phrase(self, entry: Entry, lemmas: list[str], counts: dict[str, int]) -> Phrase:
        parts = _parts(entry.expression, entry.kind)
        slots = [lemma == "_" for lemma in lemmas]
        stopped = [part in STOP or part in SOFT for part in parts]
        if len(parts) - sum(stopped) - sum(slots) < 2:
            stopped = [part in STOP for part in parts]
        keys: list[int] = []
        gaps: list[int] = []
        rare: list[tuple[int, bool, int]] = []
        gap = 2
        for lemma, stop, slot in zip(lemmas, stopped, slots, strict=True):
            if stop or slot:
                gap += 3 if slot else 1
                continue
            keys.append(self.keys.setdefault(lemma, len(self.keys) + 1))
            gaps.append(gap)
            rare.append((self.weights.seen.get(lemma, 0), lemma in FREQUENT, counts[lemma]))
            gap = 1 if lemma == "kein" else 2  # "kein guter Service" is no "kein Service"
        verbal = _is_verbal(entry.expression)
        first, last = entry.expression.split()[0], entry.expression.split()[-1]
        learned = self.weights.of(phrase_features(entry))
        pair = len(keys) == 2 and last[0].isupper() and first[0].islower() and first.endswith(("e", "er", "es", "en"))
        return Phrase(
            keys=tuple(keys),
            gaps=tuple(gaps),
            anchor=min(range(len(keys)), key=rare.__getitem__),
            ordered=not (verbal or pair),
            span=len(lemmas) + 2 * sum(slots) + (5 if verbal else 3),
            weight=_leaning(round(entry.weight * UNIT), learned),
            role=entry.role,
            steady=entry.kind in STEADY,
            expression=entry,
            learned=learned,
        )

    def lemma(self, word: str) -> str:
        """The base form of a folded word: the lexicon's where it is known, else the word without its ending."""
        return self._known(word) or _generic(word)

    def _known(self, word: str) -> str | None:
        if word in self.bases:
            return word
        return self.forms.get(word) or self._inflected(word) or self._participle(word) or self._plural(word)

    def _inflected(self, word: str) -> str | None:
        bases = self.bases
        for size in range(1, min(5, len(word) - 3) + 1):
            ending = word[-size:]
            if ending in ENDINGS:
                stem = word[:-size]
                if len(stem) > 3 and stem in bases or stem in SHORT:
                    return stem
                for addition in ("en", "e", "n"):
                    if (known := stem + addition) in bases and len(known) > 4:
                        return known
        return None

    def _participle(self, word: str) -> str | None:
        """Weak participles: "gewartet" is "warten", "abgeholt" is "abholen"."""
        if "ge" not in word or not (found := PARTICIPLE.fullmatch(word)) or found[1] not in _PREFIX_SET:
            return None
        verb = found[1] + found[2].rstrip("enrsm").rstrip("t").rstrip("e") + "en"
        return verb if verb in self.bases else self._inflected(found[1] + found[2])

    def _plural(self, word: str) -> str | None:
        """Nouns that change their vowel: "Schäden" is "Schaden", "Verträge" is "Vertrag"."""
        if "ae" in word or "oe" in word or "ue" in word:
            word = _undotted(word)
            known = word if word in self.bases else self._inflected(word)
            entry = self.bases.get(known or "")
            return known if entry and entry.kind == "noun" else None
        return None

    def _all_forms(self) -> dict[str, str]:
        """Irregular forms, infinitives with "zu" and spellings without dots -> base form."""
        forms = dict(self.lexicon.verbs)
        by_verb: dict[str, list[str]] = {}
        for form, verb in self.lexicon.verbs.items():
            by_verb.setdefault(verb, []).append(form)
        for base in self.bases:
            for prefix in [p for p in _STARTS.get(base[:2], ()) if base.startswith(p)]:
                rest = base[len(prefix) :]
                forms.update({prefix + form: base for form in by_verb.get(rest, ()) if prefix + form not in self.bases})
                if rest.endswith("n") and prefix not in BOUND:
                    forms[f"{prefix}zu{rest}"] = base
        bare = {
            b: w
            for w in self.bases
            if (b := _undotted(w)) != w and len(w) > 6 and b not in self.bases and b not in PLAIN
        }
        return {**bare, **forms, **FORMS}

    def word(self, written: str) -> Word:
        """What a lower-case word form says; remembered."""
        found = self.seen.get(written)
        if found is None:
            if len(self.seen) >= MEMORY:
                self.seen.clear()
            found = self.seen[written] = self._weighed(written, self._analysed(written))
        return found

    def kept(self, name: str, make: Callable[["Words"], T]) -> T:
        """What `make` makes of this analyser, made once."""
        if name not in self.made:
            self.made[name] = make(self)
        return self.made[name]

    def head(self, written: str) -> str:
        """The known last part of a compound, as the lexicon writes it: "lieferverzögerungen" is a "Verzögerung". "" for other words."""
        plain = folded(written)
        tail = self._compound(plain, Word()).tail if MISTYPED_MIN <= len(plain) <= LONGEST_WORD else ""
        entry = self.bases.get(tail)
        return entry.expression if entry else ""

    def features(self, written: str) -> tuple[str, ...]:
        """By what a lower-case word form is known to the learned weights."""
        return word_features(written, self.word(written))

    def _weighed(self, written: str, word: Word) -> Word:
        """`word` with what was learned: a word that the rules weigh leans further, any other leans by itself."""
        learned = self.weights.of(word_features(written, word))
        if learned is None:
            return word
        return replace(word, learned=learned, weight=_leaning(word.weight, learned))

    def _analysed(self, written: str) -> Word:
        if len(written) > LONGEST_WORD:
            return Word()
        if written in (",", ";", "–", "("):
            return Word(role=Role.COMMA)
        plain = written.translate(FOLDS).lstrip("@#")
        if plain in PAIRED:
            return Word(key=self.keys.get(plain, 0), role=PAIRED[plain], lemma=plain)
        lemma = self._known(plain)
        if not lemma and (shorter := _calm(plain)) != plain:
            lemma = next((k for s in (shorter, _calm(plain, 2)) if (k := self._known(s))), None)
        if lemma and (entry := self.bases.get(lemma)):
            return self._of(entry, lemma, plain)
        lemma = lemma or _generic(plain)
        word = Word(key=self.keys.get(lemma, 0), role=Role.WISH if plain in WISHES else Role.PLAIN, lemma=lemma)
        if word.role or plain in STOP or plain in PLAIN or plain in SOFT or len(plain) < 4:
            return word
        return self._guessed(plain, word)

    def _of(self, entry: Entry, lemma: str, plain: str) -> Word:
        return Word(
            key=self.keys.get(lemma, 0),
            weight=round(entry.weight * UNIT),
            role=Role.WISH if plain in WISHES else entry.role,
            degree=entry.kind == "adj" and lemma not in NOT_DEGREE,
            steady=entry.kind in STEADY,
            pillars=entry.pillars,
            touchpoints=entry.touchpoints,
            rule="emoji" if entry.kind == "emoji" else "lexicon",
            lemma=lemma,
        )

    def _guessed(self, plain: str, word: Word) -> Word:
        """A word that is no base form of ours: hyphens, affixes, PolArt, parts of a compound."""
        affixed = self._affixed(plain)
        if affixed:
            return replace(word, weight=round(affixed * UNIT), degree=True, rule="affix")
        if weight := self._polart(plain):
            return replace(word, weight=round(weight * UNIT * self.lexicon.numbers["polart"]), rule="polart")
        if len(plain) < MISTYPED_MIN:
            return word
        found = self._compound(plain, word)
        return found if found.rule else self._mistyped(plain) or word

    def _mistyped(self, plain: str) -> Word | None:
        """A judging word with a letter missing, added or swapped with its neighbour: "zufriden". Another letter makes another word."""
        if not plain.isalpha():
            return None
        for size in range(3):
            stem = plain[: len(plain) - size]
            if size and plain[-size:] not in ENDINGS or len(stem) < MISTYPED_MIN:
                continue
            near = {b for key in _shortened(stem) for b in self.misspelt.get(key, ()) if _one_off(stem, b)}
            if len(near) == 1:
                base = near.pop()
                return replace(self._of(self.bases[base], base, base), rule="typo")
        return None

    def _affixed(self, plain: str) -> float:
        if plain.startswith("un") and len(plain) > 5:
            entry = self.bases.get(self._known(plain[2:]) or "")
            if entry and entry.kind == "adj":
                return -entry.weight
        stem = _generic(plain)
        for suffix, sign in (("los", -0.75), ("frei", -0.75), ("arm", -0.5), ("reich", 0.5), ("voll", 0.5)):
            for form in (plain, stem):
                if form.endswith(suffix) and len(form) > len(suffix) + 3:
                    entry = self._front(form[: -len(suffix)])
                    if entry and entry.kind == "noun":
                        return sign * entry.weight
        return 0.0

    def _polart(self, plain: str) -> float:
        polart = self.lexicon.polart
        if plain in polart:
            return polart[plain]
        for size in (1, 2, 3):
            if len(plain) - size > 3 and plain[-size:] in ENDINGS:
                for addition in ("", "en", "e", "n"):
                    if weight := polart.get(plain[:-size] + addition):
                        return weight
        return 0.0

    def _front(self, front: str) -> Entry | None:
        """The entry of a compound's first part, with or without its joint."""
        for joint in JOINTS:
            if front.endswith(joint) and (stem := front[: len(front) - len(joint)]):
                for addition in ("", "e", "en"):
                    if (entry := self.bases.get(stem + addition)) and len(stem) > 3:
                        return entry
        return None

    def _compound(self, plain: str, word: Word) -> Word:
        """Longest known last part: "Lieferverzögerung" is a delay, and one of delivery."""
        for start in range(3, len(plain) - HEAD_MIN + 1):
            if plain[start : start + HEAD_MIN] not in self.heads:
                continue
            tail, front = plain[start:], plain[:start].rstrip("-'")
            if front in _PREFIX_SET or front in BOUND or not VOWEL.search(front):
                continue
            head = self.bases.get(tail) or self.bases.get(self._inflected(tail) or self._plural(tail) or "")
            if head is None or head.kind not in ("noun", "adj"):
                continue
            before = self._front(front)
            judged = FRONTS.get(front, before.weight if before and before.kind in ("noun", "adj") else 0.0)
            if head.kind == "adj" and before is None and front not in FRONTS:
                continue
            if not before and front not in FRONTS and len(tail) < HEAD_MIN + 1:
                continue
            return replace(
                word,
                weight=round((head.weight or judged) * UNIT),
                degree=head.kind == "adj",
                pillars=head.pillars,
                touchpoints=head.touchpoints or (before.touchpoints if before else ()),
                rule="compound",
                tail=folded(head.expression),
            )
        return word


_PREFIX_SET = frozenset(["", *PREFIXES])
_STARTS = {two: [p for p in PREFIXES if p.startswith(two)] for two in {p[:2] for p in PREFIXES}}  # none is shorter
SHORT = frozenset(("gut", "alt", "neu", "lau", "arg", "doof"))  # three letters that take endings


def _is_verbal(expression: str) -> bool:
    last = expression.rsplit(maxsplit=1)[-1]
    return last[0].islower() and last.endswith(("en", "ern", "eln", "sein", "tun"))


def _shortened(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters but the first."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(1, len(word))}


def _one_off(left: str, right: str) -> bool:
    """Whether two words differ by one letter added or left out, or by two neighbours swapped."""
    if abs(len(left) - len(right)) > 1 or left[0] != right[0]:
        return False
    same = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    a, b = left[same:], right[same:]
    if len(a) == len(b):
        return a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def _undotted(word: str) -> str:
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _calm(word: str, left: int = 1) -> str:
    return REPEATED.sub(r"\1" * left, word)


def _generic(word: str) -> str:
    for ending in GENERIC:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def word_features(written: str, word: Word) -> tuple[str, ...]:
    """By what a lower-case word form is known to the learned weights: its lemma, its family, the end of its compound, the
    aspects that the lexicon gives it ("@effort+" where it judges too). Numbers, links and names share one feature each.
    """
    if written.startswith(("http", "www.")):
        return ("<link>",)
    if written[0] == "@":
        return ("<at>",)
    if NUMBER.fullmatch(written):
        return ("<number>",)
    if not word.lemma:
        return (written,)
    found = [word.lemma]
    if len(word.lemma) > BEGINNING and word.lemma not in STOP:
        found.append(word.lemma[:BEGINNING] + "-")
    if word.tail:
        found.append("-" + word.tail)
    if written[0] == "#":
        found.append("<hashtag>")
    return (*found, *_lexical(word.pillars + word.touchpoints, "+" if word.weight else "", ""))


def phrase_features(entry: Entry) -> tuple[str, ...]:
    """The same for a multi-word expression."""
    return (
        "_" + folded(entry.expression).replace(" ", "_"),
        *_lexical(entry.pillars + entry.touchpoints, "+" if entry.weight else "", "_"),
    )


def _lexical(aspects: tuple[str, ...], judging: str, several: str) -> tuple[str, ...]:
    return tuple(f"@{several}{aspect}{judging}" for aspect in aspects)


@cache
def shipped() -> Words:
    """The analyser over the lexicon and the weights that ship."""
    return Words(lexicon.load(), weights.load())
