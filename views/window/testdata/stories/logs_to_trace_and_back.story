# By keys only: an alarm, its errors, one of them, its neighbours and its pattern, its trace, and the way back.
pull incident
visit Alarms
press Enter
expect title checkout
press l
expect title Errors
press 1
expect Log event
press n
expect This event
press Backspace
press p
expect Pattern of log events
press Backspace
press t
expect Trace
press Backspace Backspace Backspace
expect title checkout
