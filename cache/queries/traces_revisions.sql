-- The traces of a scope whose spans have come and will not change, with the revision of the spans. Some have none that can
-- be read.
-- Parameters: scope, from, to
SELECT trace, spans_revision FROM trace INDEXED BY trace_time
WHERE scope = ? AND start >= ? AND start < ? AND spans_revision >= 0 AND NOT partial;
