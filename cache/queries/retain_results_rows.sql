-- Forgets the rows of answers that were asked for before an instant.
-- Parameters: :before
DELETE FROM result_rows WHERE result IN (SELECT id FROM result WHERE asked < :before);
