-- Removes a pin.
-- Parameters: name
DELETE FROM pin WHERE name = ?;
