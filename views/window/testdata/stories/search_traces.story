# The Traces screen leaves the traces with a fault, opens one, and leads to its log events and back.
pull incident
visit Traces
expect title Traces
expect POST /checkout
press /
type result:fault
expect of
press Enter Enter
expect title checkout
press l
expect Log events
press Backspace Escape
expect title Traces – Nephograph
