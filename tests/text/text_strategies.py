"""Texts as hypothesis builds them: words of the lexicon, what turns them, punctuation, and anything at all."""

from hypothesis import strategies as st

from cx.text import lexicon

EXPRESSIONS = [entry.expression.replace("_", "es") for entry in lexicon.load().entries]
TURNING = [
    "nicht",
    "kein",
    "keine",
    "nie",
    "ohne",
    "weder",
    "noch",
    "sehr",
    "total",
    "etwas",
    "kaum",
    "zu",
    "viel",
    "hätte",
    "wäre",
    "könnte",
    "aber",
    "leider",
    "obwohl",
]
MARKS = [", ", ". ", "! ", "? ", "… ", "\n", " 😡 ", " – ", ", aber ", ", obwohl ", " z.B. ", " 3,5 ", " ", " ", " "]

# Of code points that Unicode has not assigned, two libraries of patterns think differently.
assigned = st.characters(exclude_categories=("Cn", "Co"))
words = st.sampled_from(EXPRESSIONS) | st.sampled_from(TURNING)
marks = st.sampled_from(MARKS)
built = st.lists(st.one_of(words, words, marks, st.text(assigned, max_size=5)), max_size=30).map(" ".join)
arbitrary = st.text(assigned, max_size=200)
any_text = built | arbitrary
