-- The traces of a scope whose spans are kept and will not change, with the revision of the spans.
-- Parameters: scope, from, to
SELECT trace, spans_revision FROM trace INDEXED BY trace_time
WHERE scope = ? AND start >= ? AND start < ? AND spans > 0 AND NOT partial;
