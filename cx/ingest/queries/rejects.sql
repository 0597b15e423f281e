-- Refused rows of a batch, their cells masked. refused: line, reason, names, written. Parameters: $batch
INSERT INTO reject BY NAME SELECT $batch AS batch, line, reason, map(names, written) AS cells FROM refused;
