-- The traces of a scope that are not whole: in progress, or known by a summary only. Oldest first.
-- Parameters: scope, since
SELECT trace FROM trace INDEXED BY trace_partial
WHERE scope = ? AND start >= ? AND (partial = 1 OR spans_revision < revision)
ORDER BY start;
