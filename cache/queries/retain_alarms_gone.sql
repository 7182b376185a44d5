-- Forgets the alarms that went within a stretch of time and of which no history is left.
-- Parameters: :scopes, :from, :to
DELETE FROM alarm
WHERE gone >= :from AND gone < :to AND scope IN (SELECT value FROM json_each(:scopes))
  AND NOT EXISTS (SELECT 1 FROM alarm_history h WHERE h.scope = alarm.scope AND h.alarm = alarm.name);
