-- Keeps the contributors of an alarm; those that are the same stay as they are.
-- Parameters: contributors, scope, name
UPDATE alarm SET contributors = ?1 WHERE scope = ?2 AND name = ?3 AND contributors IS NOT ?1;
