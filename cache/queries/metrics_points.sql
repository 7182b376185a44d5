-- The datapoints of a series, oldest first.
-- Parameters: series, from, to
SELECT at, value FROM datapoint WHERE series = ? AND at >= ? AND at < ? ORDER BY at;
