-- Keeps a cover.
-- Parameters: scope, signal, resource, starts, ends, asked, truncated, denied
INSERT INTO cover (scope, signal, resource, starts, ends, asked, truncated, denied) VALUES (?, ?, ?, ?, ?, ?, ?, ?);
