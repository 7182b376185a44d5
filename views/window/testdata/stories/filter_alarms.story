# Words typed into the filter leave the alarms in which they occur; Escape brings all back.
pull incident
visit Alarms
expect worker-disk
press /
type throttles
expect orders-throttles
expect no worker-disk
press Escape
expect worker-disk
