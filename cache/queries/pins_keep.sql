-- Keeps a pin; one of that name is replaced.
-- Parameters: name, starts, ends, scope, created, why
INSERT INTO pin (name, starts, ends, scope, created, why) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, scope = excluded.scope,
  created = excluded.created, why = excluded.why;
