# Nothing found says why, and a query that cannot be read says what is wrong while the rows stay.
pull incident
visit Logs
press /
type no-such-word
expect Nothing found
press Escape x /
type "thro
expect quotation mark without its other half
expect ProvisionedThroughputExceeded
