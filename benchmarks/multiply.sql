-- Every feedback with all that hangs on it, $copies times more, under new ids, one copy after the other.
-- Parameters: $copies
CREATE TEMP TABLE step AS SELECT
    (SELECT max(id) FROM feedback) AS feedbacks, (SELECT max(id) FROM verbatim) AS verbatims, (SELECT max(id) FROM statement) AS statements;
CREATE TEMP TABLE copy AS SELECT range AS number FROM range(1, CAST($copies AS BIGINT) + 1);

INSERT INTO feedback SELECT f.* REPLACE (f.id + number * feedbacks AS id, f.identity || '-' || number AS identity)
FROM feedback f, copy, step ORDER BY number, f.id;
INSERT INTO verbatim SELECT v.* REPLACE (v.id + number * verbatims AS id, v.feedback + number * feedbacks AS feedback)
FROM verbatim v, copy, step ORDER BY number, v.id;
INSERT INTO statement SELECT s.* REPLACE (s.id + number * statements AS id, s.verbatim + number * verbatims AS verbatim,
                                          s.feedback + number * feedbacks AS feedback)
FROM statement s, copy, step ORDER BY number, s.id;
INSERT INTO mention SELECT m.* REPLACE (m.statement + number * statements AS statement, m.feedback + number * feedbacks AS feedback)
FROM mention m, copy, step ORDER BY number, m.statement;
INSERT INTO answer SELECT a.* REPLACE (a.feedback + number * feedbacks AS feedback) FROM answer a, copy, step ORDER BY number, a.feedback;
DROP TABLE step;
DROP TABLE copy;
