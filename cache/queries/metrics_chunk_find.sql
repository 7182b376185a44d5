-- The datapoints of a series on a day.
-- Parameters: series, day
SELECT data FROM series_chunk WHERE series = ? AND day = ?;
