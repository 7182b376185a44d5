-- All datapoints of format 1, by series, oldest first.
-- Parameters: none
SELECT series, at, value FROM datapoint ORDER BY series, at;
