package ui

import "github.com/nephograph/nephograph/app"

// Command is something a person can have done by its name, in the command palette.
type Command struct {
	Title  string // what is done: "Add a lane", "Board: checkout"
	Detail string // where or of what; may be ""
	Keys   string // that do it too; may be ""
	Do     func()
}

// Commander is a Screen with commands of its own, asked for when the palette opens.
type Commander interface{ Commands() []Command }

// Adder is a Screen that shows items beside each other, and takes another: app.Alarm, app.LogGroup, or app.Series
// (its points are not needed). The Timeline adds a lane, or for BoardFor all that a person wants to see of an alarm.
type Adder interface{ Add(app.Item) }

// Pinner is a Screen that can be pinned to an incident as it is, such as a query; nil for nothing.
type Pinner interface{ Pinned() app.Item }

// BoardFor asks an Adder for what belongs to an alarm: its metrics, the logs, traces and changes of what it watches.
type BoardFor struct{ Alarm app.Alarm }
