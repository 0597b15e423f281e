-- What uploads have learned from their own ratings: how far words lean there. Changes polarity and label, never mentions and pillars.

CREATE TABLE adjustment (
    batch INTEGER NOT NULL,
    feature VARCHAR NOT NULL,           -- of a word, cx.text.words.word_features
    lean INTEGER NOT NULL,              -- in 1/1024 of a plain word
    feedbacks INTEGER NOT NULL,         -- rated texts it was learned from
    text_model VARCHAR NOT NULL,        -- the reader it was learned on top of
    learned_at TIMESTAMP NOT NULL
);
