"""Thresholds of the field, each once, with its source."""

PROMOTER_MIN = 9  # Reichheld, Harvard Business Review 12/2003
DETRACTOR_MAX = 6  # the same
TOP_BOXES = 2  # CSAT counts the two best answers of its scale
STARS_BAD_MAX = 2  # stars up to here are taken for a bad verdict …
STARS_GOOD_MIN = 4  # … and from here on for a good one, where words are checked against them

N_WITHHELD = 10  # below: no number at all (coverage of the intervals fails, docs/decisions.md)
N_UNCERTAIN = 30  # below: shown in grey
IMPORTANCE_UNSURE = 0.02  # below, and …
DRIVERS_UNSURE = 100  # … of fewer answers, intervals of importance do not cover what they should (docs/decisions.md)
DRIVER_TOUCHPOINTS = 10  # the most named ones: 3¹⁰ patterns at most
DRIVER_ITEMS = 12  # exact importance doubles its time with each
VIF_HIGH = 5  # from here on predictors can hardly be told apart (James et al., An Introduction to Statistical Learning)

CONFIDENCE = 0.95
FALSE_DISCOVERY_RATE = 0.05  # Benjamini & Hochberg 1995

# A corrected label is worth what the reader gives one plain word of that side, weight 1 and doubt 1 (docs/decisions.md)
CORRECTED_NEGATIVE = -0.5
CORRECTED_POSITIVE = 0.5
CORRECTED_NEUTRAL_BELOW = (
    0.17  # a feedback with corrected statements is neutral below: the reader's own threshold of 0.1.0
)

# A feedback contradicts itself where its rating stands at least half of the way from the middle to an end (one or two, four or
# five stars) and its words as far to the other side as one plain word leads (docs/decisions.md)
CONTRADICTION_RATED = 0.5
CONTRADICTION_WORDED = 0.5
COUNTER_SHARE = 0.1  # so much of the words on the rating's side and the text is called mixed
CLEAR_SHARE = 0.05  # less than this on the rating's side is nothing
CLEAR_WORDS = 3  # so many words, all against a rating at its end, and the rating may be misplaced

# Learning from the ratings of one upload. Of 500 real reviews one draw in 15 shows a real gain, of 1,000 six in ten (docs/decisions.md):
# with fewer texts a check would be idle. Of each side as many as carry any number here. More than LEARN_MOST cost minutes and gain little.
LEARN_MIN = 500
LEARN_SIDE_MIN = N_UNCERTAIN
LEARN_MOST = 20_000
