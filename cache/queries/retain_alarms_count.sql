-- How many history of alarms could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT count(*) FROM alarm_history INDEXED BY alarm_history_time
WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes));
