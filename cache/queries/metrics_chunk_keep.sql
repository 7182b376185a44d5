-- Keeps the datapoints of a series on a day, in place of what was there.
-- Parameters: series, day, points, first, last, data
INSERT INTO series_chunk (series, day, points, first, last, data) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (series, day) DO UPDATE SET points = excluded.points, first = excluded.first, last = excluded.last, data = excluded.data;
