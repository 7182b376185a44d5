-- What is kept of a trace.
-- Parameters: scope, trace
SELECT id, revision, spans, spans_revision, spans_digest FROM trace WHERE scope = ? AND trace = ?;
