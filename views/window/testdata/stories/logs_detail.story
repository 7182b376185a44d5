# An event, its fields by keys, its neighbours in the stream and the message as it was written.
pull incident
visit Logs
press /
type throughput
press Enter Enter
expect title checkout – Logs
expect xray_trace_id
press n
expect This event
expect Around
press Backspace
expect title checkout – Logs
press O
expect Log event as it was written
press Backspace
press i Down + y -
expect -msg:"ProvisionedThroughputExceededException: orders"
press Escape
