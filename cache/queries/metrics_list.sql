-- The metrics that were listed in a scope, by key.
-- Parameters: :scope
SELECT namespace, name, dimensions, account FROM metric WHERE scope = :scope AND listed = 1 ORDER BY key;
