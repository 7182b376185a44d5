# The patterns of the logs, one key from the events: what is new, its values, and back to the events that have it.
pull incident
visit Logs
expect Events
expect Patterns
expect 355
press p
expect Over time
expect compared
press Down Up Enter
expect Pattern of log events
expect Its events here
expect First
press f
expect Message
expect no Over time
expect title – Logs
press Escape x p
expect Over time
visit Metrics
visit Logs
expect Over time
