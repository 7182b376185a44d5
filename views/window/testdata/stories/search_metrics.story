# The Metrics screen charts the series that is opened, with the rule of its alarm, and finds what an alarm watches.
pull incident
visit Metrics
expect title Metrics
expect throttled writes
press /
type alarm:yes iterator
expect of
press Enter Enter
expect title IteratorAge
press a
expect orders-iterator-age
press Backspace Escape x
expect provisioned writes
