-- Empty temp tables for what the reader finds: found_statement, found_mention, found_feedback. Texts and feedbacks are called as they were given to
-- the reader: by their ids, or before they have any as cx/ingest/blocks.py calls them.
CREATE OR REPLACE TEMP TABLE found_statement (text BIGINT, statement INTEGER, start INTEGER, stop INTEGER, polarity DOUBLE, label VARCHAR);
CREATE OR REPLACE TEMP TABLE found_mention (text BIGINT, statement INTEGER, dimension VARCHAR, aspect VARCHAR, polarity DOUBLE, label VARCHAR, evidence VARCHAR[]);
CREATE OR REPLACE TEMP TABLE found_feedback (feedback BIGINT, language VARCHAR, polarity DOUBLE, label VARCHAR, effort DOUBLE, emotion DOUBLE, expectation DOUBLE, control DOUBLE, trust DOUBLE, resolution DOUBLE,
    touchpoints STRUCT(touchpoint VARCHAR, total DOUBLE, mentions INTEGER)[], pairs STRUCT(pillar VARCHAR, touchpoint VARCHAR, total DOUBLE, mentions INTEGER)[],
    phases STRUCT(phase VARCHAR, total DOUBLE, mentions INTEGER)[]);
