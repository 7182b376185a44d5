-- What AWS tells beside the alarms of the scopes.
-- Parameters: :scopes
SELECT scope, what, at, items FROM alarm_listing
WHERE :scopes IS NULL OR scope IN (SELECT value FROM json_each(:scopes));
