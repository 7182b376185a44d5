-- The alarms of a scope that AWS lists.
-- Parameters: :scope
SELECT name, arn FROM alarm WHERE scope = :scope AND gone IS NULL;
