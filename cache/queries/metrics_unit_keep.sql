-- Says in which unit a series counts.
-- Parameters: unit, series
UPDATE series SET unit = ? WHERE id = ?;
