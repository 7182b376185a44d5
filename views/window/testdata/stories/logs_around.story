# The lines around a match, in place: n shows them, N more of them, n hides them again, and the row keeps its place.
pull incident
visit Logs
press /
type throughput
press Enter
expect no done
press n
expect done
press N
expect done
press Down n
expect no done
press Enter
expect title checkout – Logs
