// Package incident reads what the evidence of incidents shows, and keeps incidents so that retention takes nothing of
// it. The window, the report and the bundle ask it the same.
package incident
