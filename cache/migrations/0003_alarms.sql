-- Format 3: what alarms on metric math are made of, the tags of alarms, and alarms that AWS no longer lists.
-- Nothing has to be carried over: an alarm of format 2 is one that is listed, and of which the rest is not known yet.

ALTER TABLE alarm ADD COLUMN queries TEXT NOT NULL DEFAULT 'null'; -- JSON: list of app.MetricQuery, or null
ALTER TABLE alarm ADD COLUMN tags TEXT;                            -- JSON: names and values; NULL where AWS has not told them
ALTER TABLE alarm ADD COLUMN gone INTEGER;                         -- when a complete listing first did not name it, ms; NULL while AWS lists it
