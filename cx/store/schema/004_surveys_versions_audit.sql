-- Survey answers; versions of one feedback, of which one is live; uploads that are undone but not gone; what was done with personal data.

ALTER TABLE feedback ADD COLUMN live BOOLEAN DEFAULT true;  -- the newest version of its identity among uploads that are not undone
ALTER TABLE feedback ADD COLUMN content VARCHAR;    -- keyed hash of all that the file says of it; NULL: imported before there was one
ALTER TABLE verbatim ADD COLUMN question VARCHAR;   -- what was asked, as the file words it; NULL: no question

ALTER TABLE batch ADD COLUMN undone_at TIMESTAMP;   -- NULL: counts
ALTER TABLE batch ADD COLUMN updated INTEGER DEFAULT 0;
ALTER TABLE batch ADD COLUMN doubtful MAP(VARCHAR, INTEGER);    -- cx.model.survey.Doubt -> responses found
ALTER TABLE batch ADD COLUMN left_out INTEGER DEFAULT 0;        -- of these, not imported
ALTER TABLE batch ADD COLUMN preset VARCHAR DEFAULT '';         -- key of data/presets/
ALTER TABLE batch ADD COLUMN privacy_rules VARCHAR DEFAULT '';  -- version of the rules that masked it

UPDATE mapping_memory SET headers = sha256(headers);    -- headers may hold personal data: a hash knows them again as well

CREATE TABLE question (
    id INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    header VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    worst DOUBLE NOT NULL,              -- native values; the worst is the higher number where low is good
    best DOUBLE NOT NULL,
    pillar VARCHAR NOT NULL,            -- key of the taxonomy, '' for none
    touchpoint VARCHAR NOT NULL
);

CREATE TABLE answer (
    feedback BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    question INTEGER NOT NULL,
    native DOUBLE NOT NULL,
    score DOUBLE NOT NULL               -- -1 (worst) … 1 (best), linear in the native scale
);

CREATE TABLE audit (
    id BIGINT NOT NULL,
    done_at TIMESTAMP NOT NULL,         -- UTC
    action VARCHAR NOT NULL,            -- import, undo, redo, purge, export_customer, erase_customer, retain, remask
    subject VARCHAR NOT NULL,           -- what it was done to: an upload's number, a customer's pseudonym, a period
    feedbacks INTEGER NOT NULL          -- how many it touched
);
