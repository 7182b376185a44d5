-- Says when a signal was asked for, if that is later than what is known.
-- Parameters: scope, signal, what, at
INSERT INTO asked (scope, signal, what, at) VALUES (?, ?, ?, ?)
ON CONFLICT (scope, signal, what) DO UPDATE SET at = excluded.at WHERE at < excluded.at;
