# From an alarm to an incident with evidence of four kinds, in order, with a caption and notes, by keys alone.
pull incident
press ctrl+0
expect title Incidents
expect No incidents yet.
# Opened from an alarm: the alarm and its metric are pinned.
press ctrl+3 Down Enter
press ctrl+i
expect title Incidents
expect 2 pieces
expect To detect
# A trail event and a log event are pinned from their screens.
press ctrl+7 /
type name:UpdateTable
press Enter Enter ctrl+d
expect 3 pieces of evidence.
press ctrl+d
expect already
press ctrl+5 Down Enter ctrl+d
expect 4 pieces of evidence.
press Escape ctrl+0
expect 4 pieces
expect trail event
expect log event
# Severity, state, acknowledged.
press 2 v v s K
expect SEV2, high
expect Inspect
expect no not noted
# A caption and a note.
press e
type the role was changed
press Enter
expect the role was changed
press n
type ask the owner
press Enter
expect 5 pieces
# What is removed comes back.
press x
expect 4 pieces
press z
expect 5 pieces
press R
expect The report is
# Nothing is pinned of what is no evidence.
press ctrl+1 Escape ctrl+d
expect Nothing is open that could be pinned
