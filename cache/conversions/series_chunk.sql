-- Writes the datapoints of a series on a day.
-- Parameters: series, day, points, first, last, data
INSERT INTO series_chunk (series, day, points, first, last, data) VALUES (?, ?, ?, ?, ?, ?);
