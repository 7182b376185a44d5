-- The oldest traces of a stretch of time, to be forgotten.
-- Parameters: :scopes, :from, :to, :limit
SELECT id, start FROM trace INDEXED BY trace_time
WHERE start >= :from AND start < :to AND scope IN (SELECT value FROM json_each(:scopes))
ORDER BY start LIMIT :limit;
