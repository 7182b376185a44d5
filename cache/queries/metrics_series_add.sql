-- Names a series.
-- Parameters: metric, statistic, period, unit
INSERT INTO series (metric, statistic, period, unit) VALUES (?, ?, ?, ?) RETURNING id;
