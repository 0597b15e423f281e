-- Selections of feedback that people have given a name.

CREATE TABLE segment (
    name VARCHAR NOT NULL,              -- as typed, untrusted
    query VARCHAR NOT NULL,             -- the Filter as the text of an address
    made_at TIMESTAMP NOT NULL          -- UTC
);
