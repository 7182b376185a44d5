-- Removes the names that take part in a trace.
-- Parameters: trace
DELETE FROM trace_name WHERE trace = ?;
