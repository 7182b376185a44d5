-- Forgets the answers that were asked for before an instant.
-- Parameters: :before
DELETE FROM result WHERE asked < :before;
