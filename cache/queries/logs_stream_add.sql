-- Names a log stream.
-- Parameters: log_group, name
INSERT INTO log_stream (log_group, name) VALUES (?, ?) RETURNING id;
