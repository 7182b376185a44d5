-- Keeps an answer and returns its id.
-- Parameters: scope, asked, starts, ends, question, language, groups, columns, count, scanned, cost, cut
INSERT INTO result (scope, asked, starts, ends, question, language, groups, columns, count, scanned, cost, cut)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id;
