-- Keeps a datapoint; one with the same value stays as it is.
-- Parameters: series, at, value
INSERT INTO datapoint (series, at, value) VALUES (?, ?, ?)
ON CONFLICT (series, at) DO UPDATE SET value = excluded.value WHERE value <> excluded.value;
