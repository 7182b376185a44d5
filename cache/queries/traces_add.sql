-- Keeps the summary of a new trace.
-- Parameters: scope, trace,
--   start, duration, response, entry, method, url, status, fault, error, throttle, partial, revision, limited
INSERT INTO trace (scope, trace,
  start, duration, response, entry, method, url, status, fault, error, throttle, partial, revision, limited,
  spans, spans_revision, spans_digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, -1, x'')
RETURNING id;
