-- Removes the spans of a trace.
-- Parameters: trace
DELETE FROM span WHERE trace = ?;
