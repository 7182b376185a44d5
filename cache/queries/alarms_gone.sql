-- Notes of the alarms of a scope that a complete listing does not name that they are gone.
-- Parameters: gone, scope, names
UPDATE alarm SET gone = ? WHERE scope = ? AND gone IS NULL AND name NOT IN (SELECT value FROM json_each(?));
