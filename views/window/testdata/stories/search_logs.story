# The Logs screen answers while one types, opens an event by keys, and leads on from it to its trace and back.
pull incident
visit Logs
expect title Logs
expect events
expect ERROR
press /
type throughput
expect of
expect ProvisionedThroughputExceeded
expect no done
press Enter Enter
expect title checkout – Logs
press t
expect Trace
press Backspace
expect title checkout – Logs
press Escape x
expect done
