-- Removes the links of traces that are forgotten.
-- Parameters: ids
DELETE FROM trace_link WHERE trace IN (SELECT value FROM json_each(?));
