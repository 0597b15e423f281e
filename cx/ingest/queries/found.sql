-- Empty temp tables for what the reader finds: found_statement, found_mention, found_feedback.
CREATE OR REPLACE TEMP TABLE found_statement (text BIGINT, feedback BIGINT, statement INTEGER, start INTEGER, stop INTEGER, polarity DOUBLE, label VARCHAR);
CREATE OR REPLACE TEMP TABLE found_mention (text BIGINT, feedback BIGINT, statement INTEGER, dimension VARCHAR, aspect VARCHAR, polarity DOUBLE, label VARCHAR, evidence VARCHAR[]);
CREATE OR REPLACE TEMP TABLE found_feedback (feedback BIGINT, language VARCHAR, polarity DOUBLE, label VARCHAR, effort DOUBLE, emotion DOUBLE, expectation DOUBLE, control DOUBLE, trust DOUBLE, resolution DOUBLE);
