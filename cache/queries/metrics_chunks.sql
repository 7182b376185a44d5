-- The datapoints of a series from one day to another, oldest first.
-- Parameters: series, first day, last day
SELECT data FROM series_chunk WHERE series = ? AND day >= ? AND day <= ? ORDER BY day;
