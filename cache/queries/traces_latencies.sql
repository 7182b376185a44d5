-- The traces of a query as dots, oldest first: all of it stands in the index.
-- Parameters: :from, :to, :scopes, :slower, :faults, :failed
SELECT t.scope, t.trace, t.start, t.response, t.fault, t.error, t.throttle
FROM trace t INDEXED BY trace_time
WHERE t.start >= :from AND t.start < :to
  AND (:scopes IS NULL OR t.scope IN (SELECT value FROM json_each(:scopes)))
  AND t.response > :slower
  AND (NOT :faults OR t.fault)
  AND (NOT :failed OR t.fault OR t.error OR t.throttle)
ORDER BY t.start;
