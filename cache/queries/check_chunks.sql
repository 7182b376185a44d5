-- Every day of every series. Reads all of them.
-- Parameters: none
SELECT series, day, points, first, last, data FROM series_chunk;
