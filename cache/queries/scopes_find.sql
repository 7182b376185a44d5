-- The id of a place.
-- Parameters: account, region
SELECT id FROM scope WHERE account = ? AND region = ?;
