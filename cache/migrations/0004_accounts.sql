-- Format 4: metrics of other accounts that a monitoring account watches, and composite alarms whose actions another alarm
-- holds back. Metrics of before are the account's own; alarms say the rest when they are listed next.

ALTER TABLE metric ADD COLUMN account TEXT NOT NULL DEFAULT '';          -- that has the metric; '': the scope's own
ALTER TABLE alarm ADD COLUMN suppression TEXT NOT NULL DEFAULT 'null';   -- JSON: app.AlarmSuppression, or null

-- A refused sign-in says so in its message alone.
UPDATE trail_event SET error_code = 'Failure'
WHERE source = 'signin.amazonaws.com' AND error_code = '' AND error_message <> '';
