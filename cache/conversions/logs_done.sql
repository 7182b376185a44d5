-- Nothing is left to carry over.
-- Parameters: none
DROP TABLE log_minute;
DROP TABLE log_event;
DROP TABLE log_stream;
