-- How many traces could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT count(*) FROM trace INDEXED BY trace_time
WHERE start >= :from AND start < :to AND scope IN (SELECT value FROM json_each(:scopes));
