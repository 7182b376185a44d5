package ui

import "io"

// File is a file that a person chose to write into. Who writes closes it, or discards what was written of it.
type File struct {
	io.WriteCloser
	Name    string // without its folder
	Discard func() // closes and removes it
}

// Save asks a person for a file, with a name proposed for it, and calls chosen on the UI goroutine; not at all where
// the person chooses none.
type Save func(name string, chosen func(File, error))
