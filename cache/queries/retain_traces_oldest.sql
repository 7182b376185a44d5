-- The oldest trace that could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT start FROM trace INDEXED BY trace_time
WHERE start >= :from AND start < :to AND scope IN (SELECT value FROM json_each(:scopes))
ORDER BY start LIMIT 1;
