# The Trail screen begins without reads, finds who did what, and leads on to the alarms after it.
pull incident
visit Trail
expect title Trail
expect UpdateTable orders
press /
type name:UpdateTable
press Enter Enter
expect title UpdateTable orders
press a
expect Alarms
press Backspace Escape x
expect PutDashboard
press /
type colour:red
expect there is no field colour
