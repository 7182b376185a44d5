-- Removes what says that something was asked for after an instant.
-- Parameters: after
DELETE FROM asked WHERE at > ?;
