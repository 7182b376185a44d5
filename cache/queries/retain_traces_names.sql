-- Removes the names of traces that are forgotten.
-- Parameters: ids
DELETE FROM trace_name WHERE trace IN (SELECT value FROM json_each(?));
