-- Removes the links of a trace.
-- Parameters: trace
DELETE FROM trace_link WHERE trace = ?;
