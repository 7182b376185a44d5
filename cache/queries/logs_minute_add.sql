-- Counts events that were just kept.
-- Parameters: minute, log_group, level, events
INSERT INTO log_minute (minute, log_group, level, events) VALUES (?, ?, ?, ?)
ON CONFLICT (minute, log_group, level) DO UPDATE SET events = events + excluded.events;
