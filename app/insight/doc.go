// Package insight says what telemetry means: which alarms matter most, which change most likely caused the trouble, how
// far a metric moved. It takes values and returns values, and reads nothing.
package insight
