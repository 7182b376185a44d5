-- Keeps rows of an answer.
-- Parameters: result, part, rows
INSERT INTO result_rows (result, part, rows) VALUES (?, ?, ?);
