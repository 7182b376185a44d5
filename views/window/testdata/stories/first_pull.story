# A new cache says what to do, and fills while the window is open.
expect Nothing cached
visit Alarms
expect No alarms in the cache yet
expect Press Pull (F5) above
pull incident
expect no No alarms in the cache yet
expect checkout-5xx
expect Throttled writes of orders > 100, 3 of 3
visit Logs
expect ProvisionedThroughputExceeded
