-- The id of a log group.
-- Parameters: scope, name
SELECT id FROM log_group WHERE scope = ? AND name = ?;
