-- What a fresh row says anew is no longer the newest version of its identity. From fresh.
UPDATE feedback SET live = false WHERE id IN (SELECT replaces FROM fresh);
