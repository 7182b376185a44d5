-- The id of a log stream.
-- Parameters: log_group, name
SELECT id FROM log_stream WHERE log_group = ? AND name = ?;
