-- Writes the whole file anew.
-- Parameters: none
VACUUM;
