-- The events of a query, newest first. Those of one instant come by scope and id.
-- Parameters: :from, :to, :scopes, :name, :service, :principal, :changes, :failed, :parts
SELECT
  e.scope, e.event, e.at, e.name, e.source, e.type, e.category, e.read_only, e.principal, e.source_ip,
  e.user_agent, e.error_code, e.error_message, e.request, e.resources, e.raw
FROM trail_event e INDEXED BY trail_event_time
CROSS JOIN scope s ON s.id = e.scope
WHERE e.at >= :from AND e.at < :to
  AND (:scopes IS NULL OR e.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:name = '' OR e.name = :name)
  AND (:service = '' OR e.source IN (:service, :service || '.amazonaws.com'))
  AND (:principal = '' OR instr(lower(e.who), :principal) > 0)
  AND (NOT :changes OR (NOT e.read_only AND e.error_code = ''
    AND NOT (e.source IN ('signin.amazonaws.com', 'sso.amazonaws.com') AND e.name IN ( -- app.TrailEvent.SignIn
      'ConsoleLogin', 'CheckMfa', 'SwitchRole', 'ExitRole', 'RenewRole', 'GetSigninToken', 'UserAuthentication',
      'CredentialChallenge', 'CredentialVerification', 'Authenticate', 'Federate', 'Logout'))))
  AND (NOT :failed OR e.error_code <> '')
  AND (:parts IS NULL OR EXISTS (
    SELECT 1 FROM json_each(e.resources) r CROSS JOIN json_each(:parts) p
    WHERE instr(lower(r.value ->> 'name'), p.value) > 0))
ORDER BY e.at DESC, s.account DESC, s.region DESC, e.event DESC;
