-- The rows of an answer, part by part.
-- Parameters: :result
SELECT rows FROM result_rows WHERE result = :result ORDER BY part;
