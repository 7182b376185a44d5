# The service map is a key away from the traces; a service opens from its list, and leads to its traces.
pull incident
visit Traces
press p
expect Service map
expect orders-stream
expect Kinesis
press Down Enter
expect title – Traces
expect Calls
press Escape p p
expect POST /checkout
