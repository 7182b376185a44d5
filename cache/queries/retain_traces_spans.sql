-- Removes the spans of traces that are forgotten.
-- Parameters: ids
DELETE FROM span WHERE trace IN (SELECT value FROM json_each(?));
