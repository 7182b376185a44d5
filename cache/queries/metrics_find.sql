-- The id of a metric.
-- Parameters: scope, key
SELECT id FROM metric WHERE scope = ? AND key = ?;
