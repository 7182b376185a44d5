-- Gives pages that are empty back to the system. 64 take a few milliseconds.
-- Parameters: none
PRAGMA incremental_vacuum(64);
