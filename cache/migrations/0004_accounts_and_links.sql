-- Format 4: metrics of other accounts that a monitoring account watches, composite alarms whose actions another alarm holds
-- back, and links between traces. Metrics of before are the account's own; alarms say the rest when they are listed next.

ALTER TABLE metric ADD COLUMN account TEXT NOT NULL DEFAULT '';          -- that has the metric; '': the scope's own
ALTER TABLE alarm ADD COLUMN suppression TEXT NOT NULL DEFAULT 'null';   -- JSON: app.AlarmSuppression, or null

-- A refused sign-in says so in its message alone.
UPDATE trail_event SET error_code = 'Failure'
WHERE source = 'signin.amazonaws.com' AND error_code = '' AND error_message <> '';

-- Which traces link to which, so that a trace leads to those that link to it. A trace may link to many, and to some that
-- the cache does not hold.
CREATE TABLE trace_link (
  linked TEXT    NOT NULL, -- trace id in X-Ray's form
  trace  INTEGER NOT NULL REFERENCES trace,
  PRIMARY KEY (linked, trace)
) STRICT, WITHOUT ROWID;
CREATE INDEX trace_link_trace ON trace_link (trace);
INSERT OR IGNORE INTO trace_link (linked, trace)
SELECT l.value, s.trace FROM span s, json_each(s.detail, '$.links') l WHERE s.detail IS NOT NULL AND instr(s.detail, '"links"') > 0;
