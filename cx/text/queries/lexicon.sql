-- Temp tables of the lexicon, made once per session: phrase, phrase_word, sense_aspect, and the empty vocabulary.
-- From the frames given_phrase, given_word and given_sense of cx/text/reading.py.
CREATE OR REPLACE TEMP TABLE phrase AS FROM given_phrase;
CREATE OR REPLACE TEMP TABLE phrase_word AS FROM given_word;
CREATE OR REPLACE TEMP TABLE sense_aspect AS FROM given_sense;
CREATE OR REPLACE TEMP TABLE vocabulary (
    word VARCHAR NOT NULL,      -- lower case, as tokens have it
    key INTEGER NOT NULL,       -- its lemma among the words of phrases, 0: in none
    weight INTEGER NOT NULL,    -- −2…2 in 1/1024
    role VARCHAR NOT NULL,      -- cx.text.lexicon.Role
    degree BOOLEAN NOT NULL,    -- an adjective, which "zu" turns
    steady BOOLEAN NOT NULL,    -- no neighbour turns it
    sense INTEGER NOT NULL,     -- pillars and touchpoints, 0: none
    rule VARCHAR NOT NULL,      -- how the word was understood
    active BOOLEAN NOT NULL     -- whether any rule needs it
);
CREATE OR REPLACE TEMP TABLE text_lexicon AS SELECT true AS ready;
