-- When something of a signal was last listed as a whole.
-- Parameters: scope, signal, what
SELECT at FROM asked WHERE scope = ? AND signal = ? AND what = ?;
