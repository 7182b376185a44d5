-- The oldest of the history of alarms that could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT at FROM alarm_history INDEXED BY alarm_history_time
WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes))
ORDER BY at LIMIT 1;
