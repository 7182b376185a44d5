# The tabs share the query: what is typed in one narrows the other.
pull incident
visit Logs
press p /
type throughput
expect ProvisionedThroughputExceeded
press Enter
click Events
expect Message
expect 142 of 644 events
press p
expect Over time
click Events
expect Message
