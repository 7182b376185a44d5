# From a trace in the list to its whole waterfall: what a span called is hidden and shown, spans are searched, one opens.
pull incident
visit Traces
press /
type result:fault
press Enter Enter
expect title checkout
press w
expect critical path
expect Over the trace
press Down Left
expect below)
press Right
expect no below)
press e Enter
expect Self
press Escape p
expect POST /checkout
