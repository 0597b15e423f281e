-- fresh_text keeps the texts that are learned from: of the frame given_rated, and corrected ones. No parameters.
DELETE FROM fresh_text WHERE feedback NOT IN (SELECT feedback FROM given_rated)
    AND feedback NOT IN (SELECT feedback FROM correction WHERE dimension = 'polarity');
