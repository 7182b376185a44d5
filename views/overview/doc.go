// Package overview is the first screen: which alarms matter, which change most likely does, how services answer, where
// logs have errors, and what nobody would notice. Each line leads to its item or to the screen that shows more of it.
package overview
