-- Keeps how the newest pull of a signal in a scope ended.
-- Parameters: scope, signal, at, stopped, kind, op, cause
INSERT INTO attempt (scope, signal, at, stopped, kind, op, cause) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (scope, signal) DO UPDATE SET at = excluded.at, stopped = excluded.stopped, kind = excluded.kind, op = excluded.op, cause = excluded.cause;
