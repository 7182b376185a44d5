-- Takes alarms for listed that were gone after an instant only: the next listing tells which are.
-- Parameters: after
UPDATE alarm SET gone = NULL WHERE gone > ?;
