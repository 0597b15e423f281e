-- A statement whose text was deleted has no place in a text any more: start and stop are 0. To look that up cost half of every count.

UPDATE statement SET start = 0, stop = 0 WHERE verbatim NOT IN (SELECT id FROM verbatim);
