-- Says that a trace links to another.
-- Parameters: linked, trace
INSERT OR IGNORE INTO trace_link (linked, trace) VALUES (?, ?);
