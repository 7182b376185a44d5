-- Enters a request.
-- Parameters: at, account, region, service, operation, outcome, code, took, units, cost
INSERT INTO request (at, account, region, service, operation, outcome, code, took, units, cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
