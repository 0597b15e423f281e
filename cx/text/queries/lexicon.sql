-- Temp tables of the lexicon and the learned weights, made once per session: phrase, phrase_word, aspect, bearing (of the phrases, by
-- numbers below 0; words join them as they are met), and the empty vocabulary.
-- From the frames given_phrase, given_word, given_aspect and given_bearing of cx/text/reading.py.
CREATE OR REPLACE TEMP TABLE phrase AS FROM given_phrase;
CREATE OR REPLACE TEMP TABLE phrase_word AS FROM given_word;
CREATE OR REPLACE TEMP TABLE aspect AS FROM given_aspect;
CREATE OR REPLACE TEMP TABLE bearing AS FROM given_bearing;     -- what a word adds to its statement, in 1/1024: lean, judges, about_…
CREATE OR REPLACE TEMP TABLE vocabulary (
    word VARCHAR NOT NULL,      -- lower case, as tokens have it
    number INTEGER NOT NULL,    -- from 1
    key INTEGER NOT NULL,       -- its lemma among the words of phrases, 0: in none
    weight INTEGER NOT NULL,    -- in the rules, in 1/1024
    role VARCHAR NOT NULL,      -- cx.text.lexicon.Role
    degree BOOLEAN NOT NULL,    -- an adjective, which "zu" turns
    steady BOOLEAN NOT NULL,    -- no neighbour turns it
    names BIGINT NOT NULL,      -- the aspects it is evidence for, as bits of aspect
    rule VARCHAR NOT NULL,      -- how the word was understood
    active BOOLEAN NOT NULL     -- whether any rule needs it
);
CREATE OR REPLACE TEMP TABLE text_lexicon AS SELECT true AS ready;
