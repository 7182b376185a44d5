-- Removes a cover that was joined with others.
-- Parameters: id
DELETE FROM cover WHERE id = ?;
