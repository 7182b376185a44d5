-- Says under which profile a place is reached.
-- Parameters: profile, scope
UPDATE scope SET profile = ?1 WHERE id = ?2 AND profile <> ?1;
