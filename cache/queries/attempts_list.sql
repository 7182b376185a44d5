-- How the newest pull of each signal of each scope ended.
-- Parameters: none
SELECT s.account, s.region, s.profile, a.signal, a.at, a.stopped, a.kind, a.op, a.cause
FROM attempt a JOIN scope s ON s.id = a.scope
ORDER BY s.account, s.region, a.signal;
