-- All pins, by time.
-- Parameters: none
SELECT p.name, p.starts, p.ends, s.account, s.region, p.created, p.why
FROM pin p LEFT JOIN scope s ON s.id = p.scope
ORDER BY p.starts, p.ends, p.name;
