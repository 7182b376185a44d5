-- Format 1: the five signals, what is known of them (cover), and what asking cost (request).
--
-- Times are whole numbers since the Unix epoch, in UTC: milliseconds unless the comment says otherwise. Durations are
-- nanoseconds. Text is kept as it came; an empty text means that AWS did not say. JSON columns hold package app's JSON.

CREATE TABLE migration (
  format  INTEGER PRIMARY KEY, -- user_version once it was done
  program TEXT    NOT NULL,    -- version of Nephograph that did it
  at      INTEGER NOT NULL     -- when, ms
) STRICT;

-- One account in one Region, and how this machine reaches it.
CREATE TABLE scope (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  region  TEXT NOT NULL,
  profile TEXT NOT NULL, -- name in ~/.aws/config; '' for the default chain
  UNIQUE (account, region)
) STRICT;

-- Who AWS said the caller is, when a scope was last reached.
CREATE TABLE identity (
  scope   INTEGER PRIMARY KEY REFERENCES scope,
  account TEXT NOT NULL,
  arn     TEXT NOT NULL,
  user_id TEXT NOT NULL
) STRICT;

-- A metric's identity.
CREATE TABLE metric (
  id         INTEGER PRIMARY KEY,
  scope      INTEGER NOT NULL REFERENCES scope,
  key        TEXT    NOT NULL, -- app.Metric.Key
  namespace  TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  dimensions TEXT    NOT NULL, -- JSON: [{"name","value"}], or null
  listed     INTEGER NOT NULL, -- 1 if ListMetrics has named it, 0 if only an alarm or a reading did
  UNIQUE (scope, key)
) STRICT;

-- A metric read with one statistic at one period.
CREATE TABLE series (
  id        INTEGER PRIMARY KEY,
  metric    INTEGER NOT NULL REFERENCES metric,
  statistic TEXT    NOT NULL,
  period    INTEGER NOT NULL, -- ns
  unit      TEXT    NOT NULL,
  UNIQUE (metric, statistic, period)
) STRICT;

-- The values of a series. Only finite numbers: JSON has no others, and CloudWatch refuses to store them.
CREATE TABLE datapoint (
  series INTEGER NOT NULL REFERENCES series,
  at     INTEGER NOT NULL, -- start of the period, ms
  value  REAL    NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;

-- The alarms of the last complete listing.
CREATE TABLE alarm (
  scope                INTEGER NOT NULL REFERENCES scope,
  name                 TEXT    NOT NULL,
  arn                  TEXT    NOT NULL,
  kind                 TEXT    NOT NULL, -- MetricAlarm or CompositeAlarm
  description          TEXT    NOT NULL,
  state                TEXT    NOT NULL, -- OK, ALARM or INSUFFICIENT_DATA
  reason               TEXT    NOT NULL,
  reason_data          TEXT    NOT NULL, -- JSON, as AWS gave it
  since                INTEGER NOT NULL, -- of the state, ms
  configured           INTEGER NOT NULL, -- ms
  actions_enabled      INTEGER NOT NULL,
  alarm_actions        TEXT    NOT NULL, -- JSON: list of ARNs, or null
  ok_actions           TEXT    NOT NULL, -- likewise
  no_data_actions      TEXT    NOT NULL, -- likewise
  metric               TEXT    NOT NULL, -- JSON: app.Metric, or null
  expression           TEXT    NOT NULL,
  statistic            TEXT    NOT NULL,
  period               INTEGER NOT NULL, -- ns
  unit                 TEXT    NOT NULL,
  comparison           TEXT    NOT NULL,
  threshold            REAL,             -- NULL for anomaly detection
  evaluation_periods   INTEGER NOT NULL,
  datapoints_to_alarm  INTEGER NOT NULL,
  treat_missing        TEXT    NOT NULL,
  rule                 TEXT    NOT NULL, -- of a composite alarm
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;

-- What happened to alarms, of alarms that are gone as well.
CREATE TABLE alarm_history (
  id      INTEGER PRIMARY KEY,
  scope   INTEGER NOT NULL REFERENCES scope,
  alarm   TEXT    NOT NULL,
  at      INTEGER NOT NULL, -- ms
  kind    TEXT    NOT NULL, -- StateUpdate, ConfigurationUpdate, Action
  summary TEXT    NOT NULL,
  data    TEXT    NOT NULL, -- JSON, as AWS gave it
  state_from TEXT NOT NULL, -- of a state update
  state_to   TEXT NOT NULL, -- likewise
  UNIQUE (scope, alarm, at, kind, summary)
) STRICT;
CREATE INDEX alarm_history_time ON alarm_history (at);

CREATE TABLE log_group (
  id        INTEGER PRIMARY KEY,
  scope     INTEGER NOT NULL REFERENCES scope,
  name      TEXT    NOT NULL,
  arn       TEXT    NOT NULL,
  retention INTEGER NOT NULL, -- days; 0 for ever
  stored    INTEGER NOT NULL, -- bytes at AWS
  created   INTEGER NOT NULL, -- ms
  class     TEXT    NOT NULL,
  listed    INTEGER NOT NULL, -- 1 if DescribeLogGroups has named it, 0 if only its events came
  UNIQUE (scope, name)
) STRICT;

CREATE TABLE log_stream (
  id        INTEGER PRIMARY KEY,
  log_group INTEGER NOT NULL REFERENCES log_group,
  name      TEXT    NOT NULL,
  UNIQUE (log_group, name)
) STRICT;

CREATE TABLE log_event (
  id        INTEGER PRIMARY KEY,
  log_group INTEGER NOT NULL, -- of log_stream
  stream    INTEGER NOT NULL REFERENCES log_stream,
  event     TEXT    NOT NULL, -- FilterLogEvents' eventId
  at        INTEGER NOT NULL, -- ms
  ingested  INTEGER NOT NULL, -- ms
  level     INTEGER NOT NULL, -- 0 does not say, 1 DEBUG, 2 INFO, 3 WARN, 4 ERROR
  trace     TEXT,             -- X-Ray's form; NULL if the message names none
  request   TEXT,             -- NULL if the message names none
  message   TEXT    NOT NULL
) STRICT;
-- The identity holds the time, which an event never changes, so that one group can be read by time as well.
CREATE UNIQUE INDEX log_event_identity ON log_event (log_group, at, event);
-- Level and group ride along, so that what a query leaves out costs no look at the row.
CREATE INDEX log_event_time ON log_event (at, level, log_group);
CREATE INDEX log_event_trace ON log_event (trace) WHERE trace IS NOT NULL;
CREATE INDEX log_event_request ON log_event (request) WHERE request IS NOT NULL;

-- How many events of log_event fall into each minute: always exact, so that a week's volume needs no look at events.
CREATE TABLE log_minute (
  minute    INTEGER NOT NULL, -- start of the minute, ms
  log_group INTEGER NOT NULL REFERENCES log_group,
  level     INTEGER NOT NULL,
  events    INTEGER NOT NULL,
  PRIMARY KEY (minute, log_group, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE trace (
  id       INTEGER PRIMARY KEY,
  scope    INTEGER NOT NULL REFERENCES scope,
  trace    TEXT    NOT NULL, -- X-Ray's form, lower case
  start    INTEGER NOT NULL, -- microseconds
  duration INTEGER NOT NULL, -- ns
  response INTEGER NOT NULL, -- ns
  entry    TEXT    NOT NULL,
  method   TEXT    NOT NULL,
  url      TEXT    NOT NULL,
  status   INTEGER NOT NULL,
  fault    INTEGER NOT NULL,
  error    INTEGER NOT NULL,
  throttle INTEGER NOT NULL,
  partial  INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  limited  INTEGER NOT NULL,
  -- Of the spans: they may be of an older revision than the summary above.
  spans          INTEGER NOT NULL, -- how many are kept
  spans_revision INTEGER NOT NULL, -- of which revision; -1 before any came
  spans_digest   BLOB    NOT NULL, -- SHA-256 over their JSON, to tell whether new ones differ
  UNIQUE (scope, trace)
) STRICT;
-- Holds all that the latency lane draws.
CREATE INDEX trace_time ON trace (start, scope, trace, response, fault, error, throttle);
-- Finds an id in any scope.
CREATE INDEX trace_id ON trace (trace);
CREATE INDEX trace_partial ON trace (scope, start) WHERE partial = 1 OR spans_revision < revision;

CREATE TABLE span (
  trace     INTEGER NOT NULL REFERENCES trace,
  n         INTEGER NOT NULL, -- place in the trace: by start, then id
  span      TEXT    NOT NULL, -- 16 hex digits
  parent    TEXT    NOT NULL,
  kind      TEXT    NOT NULL, -- segment or subsegment
  name      TEXT    NOT NULL,
  service   TEXT    NOT NULL,
  origin    TEXT    NOT NULL,
  namespace TEXT    NOT NULL,
  resource  TEXT    NOT NULL,
  start     INTEGER NOT NULL, -- microseconds
  finish    INTEGER,          -- microseconds; NULL while in progress
  fault     INTEGER NOT NULL,
  error     INTEGER NOT NULL,
  throttle  INTEGER NOT NULL,
  user      TEXT    NOT NULL,
  detail    TEXT,             -- JSON: app.SpanDetail; NULL if there is none
  PRIMARY KEY (trace, n)
) STRICT, WITHOUT ROWID;

-- The names that take part in a trace: services and the resources that spans call.
CREATE TABLE trace_name (
  trace INTEGER NOT NULL REFERENCES trace,
  name  TEXT    NOT NULL,
  PRIMARY KEY (trace, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_graph (
  id     INTEGER PRIMARY KEY, -- grows: a later graph has a greater one
  scope  INTEGER NOT NULL REFERENCES scope,
  starts INTEGER NOT NULL, -- ns
  ends   INTEGER NOT NULL, -- ns, exclusive
  nodes  TEXT    NOT NULL, -- JSON: list of app.ServiceNode, or null
  edges  TEXT    NOT NULL, -- JSON: list of app.ServiceEdge, or null
  UNIQUE (scope, starts, ends)
) STRICT;

CREATE TABLE trail_event (
  id            INTEGER PRIMARY KEY,
  scope         INTEGER NOT NULL REFERENCES scope,
  event         TEXT    NOT NULL, -- eventID
  at            INTEGER NOT NULL, -- ms; CloudTrail gives whole seconds
  name          TEXT    NOT NULL,
  source        TEXT    NOT NULL, -- dynamodb.amazonaws.com
  type          TEXT    NOT NULL,
  category      TEXT    NOT NULL,
  read_only     INTEGER NOT NULL,
  who           TEXT    NOT NULL, -- the principal's name as a person says it
  principal     TEXT    NOT NULL, -- JSON: app.Principal
  source_ip     TEXT    NOT NULL,
  user_agent    TEXT    NOT NULL,
  error_code    TEXT    NOT NULL,
  error_message TEXT    NOT NULL,
  request       TEXT    NOT NULL, -- requestID
  resources     TEXT    NOT NULL, -- JSON: list of app.TrailResource, or null
  raw           TEXT,             -- JSON: the whole event, as CloudTrail wrote it
  UNIQUE (scope, event)
) STRICT;
CREATE INDEX trail_event_time ON trail_event (at);

-- Which ranges of a signal were asked for. Covers of one scope, signal and resource never overlap: see merge.go.
CREATE TABLE cover (
  id        INTEGER PRIMARY KEY,
  scope     INTEGER NOT NULL REFERENCES scope,
  signal    TEXT    NOT NULL, -- alarms, metrics, logs, traces, trail
  resource  TEXT    NOT NULL, -- a log group's name, a reading's key; '' where the signal is asked as a whole
  starts    INTEGER NOT NULL, -- ns
  ends      INTEGER NOT NULL, -- ns, exclusive
  asked     INTEGER NOT NULL, -- ns
  truncated INTEGER NOT NULL  -- 1 if AWS gave only a part
) STRICT;
CREATE INDEX cover_place ON cover (scope, signal, resource, starts);

-- When a signal was last asked for, which covers forget when they are joined, and when alarms were last listed.
CREATE TABLE asked (
  scope  INTEGER NOT NULL REFERENCES scope,
  signal TEXT    NOT NULL,
  what   TEXT    NOT NULL, -- range, or listing
  at     INTEGER NOT NULL, -- ns
  PRIMARY KEY (scope, signal, what)
) STRICT, WITHOUT ROWID;

-- The ledger: every HTTP request to AWS, retries among them.
CREATE TABLE request (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL, -- ns
  account   TEXT    NOT NULL, -- '' before the caller is known
  region    TEXT    NOT NULL,
  service   TEXT    NOT NULL,
  operation TEXT    NOT NULL,
  outcome   TEXT    NOT NULL, -- answered, throttled, failed
  code      TEXT    NOT NULL, -- AWS's error code
  took      INTEGER NOT NULL, -- ns
  cost      INTEGER NOT NULL  -- nano US dollars
) STRICT;
CREATE INDEX request_time ON request (at, outcome, cost);
