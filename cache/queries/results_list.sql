-- The answers, newest first, or the one of an id.
-- Parameters: :id
SELECT id, scope, asked, starts, ends, question, language, groups, columns, count, scanned, cost, cut FROM result
WHERE :id IS NULL OR id = :id
ORDER BY asked DESC, id DESC;
