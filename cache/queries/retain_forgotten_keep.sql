-- Says up to when a signal was forgotten for the size of the file.
-- Parameters: signal, before, size
INSERT INTO forgotten (signal, before, size) VALUES (?, ?, ?)
ON CONFLICT (signal) DO UPDATE SET before = max(before, excluded.before), size = excluded.size;
