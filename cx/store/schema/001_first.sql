-- The first schema. Never edited after release: changes come as further numbered files.

CREATE TABLE batch (
    id INTEGER NOT NULL,
    demo BOOLEAN NOT NULL,              -- fictional data that ships with the app
    source VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,            -- of the file's bytes
    rows INTEGER NOT NULL,              -- data rows of the file
    added INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    masked MAP(VARCHAR, INTEGER) NOT NULL,  -- kind of personal data -> places replaced
    mapping JSON NOT NULL,
    text_model VARCHAR NOT NULL,
    taxonomy VARCHAR NOT NULL,
    imported_at TIMESTAMP NOT NULL
);

CREATE TABLE feedback (
    id BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    identity VARCHAR NOT NULL,          -- source's id within its source, or keyed content hash and occurrence
    kind VARCHAR NOT NULL,              -- cx.model.kpi.Kind
    source VARCHAR NOT NULL,
    channel VARCHAR,
    submitted_at TIMESTAMP,             -- NULL: without date
    date_precision VARCHAR,             -- cx.model.kpi.Precision
    customer_key VARCHAR,               -- keyed pseudonym
    product VARCHAR,
    location VARCHAR,
    language VARCHAR,
    rating DOUBLE,                      -- 1…5, derived
    rating_native DOUBLE,
    rating_low DOUBLE,                  -- worst native value
    rating_high DOUBLE,                 -- best native value
    nps TINYINT,                        -- 0…10
    csat DOUBLE,                        -- native, high is good
    csat_high DOUBLE,                   -- best native value
    ces DOUBLE,
    ces_variant VARCHAR,                -- cx.model.kpi.CesVariant
    reply VARCHAR,
    polarity DOUBLE,                    -- −1…1; NULL: no text, or no verdict possible
    label VARCHAR,                      -- cx.model.kpi.Label
    effort DOUBLE,                      -- six pillar scores from text, −1…1; NULL: not named
    emotion DOUBLE,
    expectation DOUBLE,
    control DOUBLE,
    trust DOUBLE,
    resolution DOUBLE
);

CREATE TABLE verbatim (
    id BIGINT NOT NULL,
    feedback BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    field VARCHAR NOT NULL,             -- title, text
    ordinal INTEGER NOT NULL,
    text VARCHAR NOT NULL               -- personal data masked
);

CREATE TABLE statement (
    id BIGINT NOT NULL,
    verbatim BIGINT NOT NULL,
    feedback BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,             -- code points of the stored text
    stop INTEGER NOT NULL,
    polarity DOUBLE NOT NULL,
    label VARCHAR NOT NULL
);

CREATE TABLE mention (
    statement BIGINT NOT NULL,
    feedback BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    dimension VARCHAR NOT NULL,         -- pillar, touchpoint
    aspect VARCHAR NOT NULL,            -- key of the taxonomy
    polarity DOUBLE NOT NULL,
    label VARCHAR NOT NULL,
    evidence VARCHAR[] NOT NULL         -- words as written
);

CREATE TABLE reject (
    batch INTEGER NOT NULL,
    line INTEGER NOT NULL,              -- of the file, header is line 1
    reason VARCHAR NOT NULL,
    cells MAP(VARCHAR, VARCHAR) NOT NULL    -- personal data masked
);

CREATE TABLE mapping_memory (           -- what the user confirmed for a layout, proposed next time
    headers VARCHAR NOT NULL,
    mapping JSON NOT NULL,
    confirmed_at TIMESTAMP NOT NULL
);
