-- Keeps the tags of an alarm; those that are the same stay as they are.
-- Parameters: tags, scope, name
UPDATE alarm SET tags = ?1 WHERE scope = ?2 AND name = ?3 AND tags IS NOT ?1;
