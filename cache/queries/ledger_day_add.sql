-- Adds requests to what those of their day add up to.
-- Parameters: day, account, region, service, operation, requests, throttled, failed, units, cost
INSERT INTO spend (day, account, region, service, operation, requests, throttled, failed, units, cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, throttled = throttled + excluded.throttled,
  failed = failed + excluded.failed, units = CAST(min(max(units, 0) + excluded.units, 9e18) AS INTEGER),
  cost = CAST(min(max(cost, 0) + excluded.cost, 9e18) AS INTEGER);
