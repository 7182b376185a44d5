-- Removes the traces to be forgotten.
-- Parameters: ids
DELETE FROM trace WHERE id IN (SELECT value FROM json_each(?));
