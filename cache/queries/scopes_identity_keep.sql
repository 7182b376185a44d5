-- Says who the caller is in a scope.
-- Parameters: scope, account, arn, user_id
INSERT INTO identity (scope, account, arn, user_id) VALUES (?, ?, ?, ?)
ON CONFLICT (scope) DO UPDATE SET account = excluded.account, arn = excluded.arn, user_id = excluded.user_id;
