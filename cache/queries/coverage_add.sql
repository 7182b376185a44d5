-- Keeps a cover.
-- Parameters: scope, signal, resource, starts, ends, asked, truncated
INSERT INTO cover (scope, signal, resource, starts, ends, asked, truncated) VALUES (?, ?, ?, ?, ?, ?, ?);
