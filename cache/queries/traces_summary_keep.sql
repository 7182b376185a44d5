-- Replaces the summary of a trace; one that is the same stays as it is.
-- Parameters: id,
--   start, duration, response, entry, method, url, status, fault, error, throttle, partial, revision, limited
UPDATE trace SET (
  start, duration, response, entry, method, url, status, fault, error, throttle, partial, revision, limited) = (
  ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
WHERE id = ?1 AND (
  start, duration, response, entry, method, url, status, fault, error, throttle, partial, revision, limited) IS NOT (
  ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);
