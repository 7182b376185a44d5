-- Removes covers that were asked for after an instant.
-- Parameters: after
DELETE FROM cover WHERE asked > ?;
