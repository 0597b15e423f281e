-- Texts, replies and words leave the outdated feedback; its scores stay, and those of its statements and mentions. Refused rows go whole:
-- their reason quotes a cell. From outdated and outdated_reject.
UPDATE mention SET evidence = [] WHERE feedback IN (SELECT feedback FROM outdated);
UPDATE feedback SET reply = NULL WHERE id IN (SELECT feedback FROM outdated);
UPDATE statement SET start = 0, stop = 0 WHERE feedback IN (SELECT feedback FROM outdated);
DELETE FROM verbatim WHERE feedback IN (SELECT feedback FROM outdated);
DELETE FROM reject WHERE batch IN (SELECT batch FROM outdated_reject);
