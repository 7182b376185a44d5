-- Keeps an item of history; one that is there stays as it is, for what has happened does not change.
-- Parameters: scope, alarm, at, kind, summary, data, state_from, state_to, contributor, attributes
INSERT INTO alarm_history (scope, alarm, at, kind, summary, data, state_from, state_to, contributor, attributes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;
