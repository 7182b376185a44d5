-- Keeps a complete listing of what AWS tells beside the alarms of a scope, unless a later one is there.
-- Parameters: scope, what, at, items
INSERT INTO alarm_listing (scope, what, at, items) VALUES (?, ?, ?, ?)
ON CONFLICT (scope, what) DO UPDATE SET at = excluded.at, items = excluded.items WHERE excluded.at >= at;
