-- Says that a service or resource takes part in a trace.
-- Parameters: trace, name
INSERT INTO trace_name (trace, name) VALUES (?, ?);
