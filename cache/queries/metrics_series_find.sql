-- The id and the unit of a series.
-- Parameters: metric, statistic, period
SELECT id, unit FROM series WHERE metric = ? AND statistic = ? AND period = ?;
