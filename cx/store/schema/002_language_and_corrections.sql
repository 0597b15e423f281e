-- Feedback in other languages is kept but not read: its statements have no verdict. Corrections by people.

ALTER TABLE statement ALTER COLUMN polarity DROP NOT NULL;  -- NULL: in another language than German
ALTER TABLE statement ALTER COLUMN label DROP NOT NULL;

CREATE TABLE correction (
    id BIGINT NOT NULL,
    feedback BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    field VARCHAR NOT NULL,             -- of the verbatim
    ordinal INTEGER NOT NULL,           -- of the verbatim
    start INTEGER NOT NULL,             -- of the statement, code points of the stored text
    stop INTEGER NOT NULL,
    dimension VARCHAR NOT NULL,         -- polarity, pillar, touchpoint
    aspect VARCHAR NOT NULL,            -- key of the taxonomy, '' for polarity
    label VARCHAR NOT NULL,             -- cx.model.kpi.Label, 'none': not named at all
    read_as VARCHAR,                    -- what the reader says instead; 'none': not named, NULL: not read (no German)
    made_at TIMESTAMP NOT NULL
);
