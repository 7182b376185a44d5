-- Removes the alarms of a scope that a complete listing does not name.
-- Parameters: scope, names
DELETE FROM alarm WHERE scope = ? AND name NOT IN (SELECT value FROM json_each(?));
