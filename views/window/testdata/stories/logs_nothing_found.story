# Nothing found says why, and a query that cannot be read says what is wrong while the rows stay.
pull incident
press ctrl+3 /
type no-such-word
expect Nothing found
press Escape x /
type "thro
expect quotation mark without its other half
expect ProvisionedThroughputExceeded
