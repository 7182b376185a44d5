-- The log groups of some scopes, those that were never listed among them, by scope and name.
-- Parameters: :scopes
SELECT g.id, g.scope, g.name, g.arn, g.retention, g.stored, g.created, g.class, g.listed
FROM log_group g
CROSS JOIN scope s ON s.id = g.scope
WHERE :scopes IS NULL OR g.scope IN (SELECT value FROM json_each(:scopes))
ORDER BY s.account, s.region, g.name;
