-- Format 5: how log alarms, alarms on PromQL and others are evaluated, their contributors, mute rules and anomaly detectors.
-- Nothing has to be carried over: an alarm of format 4 says the rest when it is listed next.

ALTER TABLE alarm ADD COLUMN evaluation TEXT NOT NULL DEFAULT '{}'; -- JSON: app.AlarmEvaluation without contributors
ALTER TABLE alarm ADD COLUMN contributors TEXT;                       -- JSON: list of app.AlarmContributor; NULL where AWS was not asked

-- What AWS tells beside the alarms of a scope, each a complete listing.
CREATE TABLE alarm_listing (
  scope INTEGER NOT NULL REFERENCES scope,
  what  TEXT    NOT NULL, -- mute rules, anomaly detectors
  at    INTEGER NOT NULL, -- when it was listed, ns
  items TEXT    NOT NULL, -- JSON: list of app.MuteRule or app.AnomalyDetector
  PRIMARY KEY (scope, what)
) STRICT, WITHOUT ROWID;

-- The history again, with the contributor in its identity: two of them may turn in the same millisecond, with the same words.
CREATE TABLE alarm_history_new (
  id      INTEGER PRIMARY KEY,
  scope   INTEGER NOT NULL REFERENCES scope,
  alarm   TEXT    NOT NULL,
  at      INTEGER NOT NULL, -- ms
  kind    TEXT    NOT NULL, -- StateUpdate, ConfigurationUpdate, Action, AlarmContributorStateUpdate, ...
  summary TEXT    NOT NULL,
  data    TEXT    NOT NULL, -- JSON, as AWS gave it
  state_from  TEXT NOT NULL, -- of a state update
  state_to    TEXT NOT NULL, -- likewise
  contributor TEXT NOT NULL, -- id; '' of what happened to the alarm itself
  attributes  TEXT NOT NULL, -- JSON: names and values of the contributor, or null
  UNIQUE (scope, alarm, at, kind, summary, contributor)
) STRICT;
INSERT INTO alarm_history_new SELECT id, scope, alarm, at, kind, summary, data, state_from, state_to, '', 'null' FROM alarm_history;
DROP TABLE alarm_history;
ALTER TABLE alarm_history_new RENAME TO alarm_history;
CREATE INDEX alarm_history_time ON alarm_history (at);
