# The palette finds an alarm from any screen.
pull incident
press ctrl+k
type iterator-age
expect orders-iterator-age
press Enter
expect title orders-iterator-age
