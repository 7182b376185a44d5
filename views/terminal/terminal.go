// Package terminal is what a person sees without a window: the commands, and what they print - tables for people, JSON
// for programs. Commands that read, read the cache alone and so work without a network.
//
// Everything that is not text comes in as functions (Deps); the package knows neither SQL nor AWS nor the window.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/nephograph/nephograph/views/explain"
)

// The exit codes. A question that finds nothing is answered: it exits with ExitOK.
const (
	ExitOK          = 0
	ExitFailed      = 1   // it was tried and did not work, or worked in part only
	ExitUsage       = 2   // the command line is wrong; nothing was tried
	ExitInterrupted = 130 // Ctrl-C, as a shell reports it: 128 + SIGINT
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// errUsage marks what is wrong with the command line.
var errUsage = errors.New("usage")

// errReported marks a failure that the command has already printed.
var errReported = errors.New("told")

// Run runs one command line without the program's name and returns the exit code.
func Run(ctx context.Context, args []string, s Streams, d Deps) int {
	c := &commandLine{Streams: Streams{s.In, screen{s.Out}, screen{s.Err}}, raw: s, deps: d}
	root := c.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.Err, "nephograph: interrupted.")
		return ExitInterrupted
	case errors.Is(err, errReported):
		return ExitFailed
	case errors.Is(err, errUsage) || !c.started: // cobra's own errors come before a command starts
		fmt.Fprintf(c.Err, "nephograph: %s Run %s --help to see what there is.\n", usageText(err), cmd.CommandPath())
		return ExitUsage
	}
	c.printError(err)
	return ExitFailed
}

// printError prints an error on the error stream: one sentence, and what to do.
func (c *commandLine) printError(err error) {
	tell := explain.Explain
	if c.standalone {
		tell = explain.Plainly
	}
	sentence, remedy := tell(err)
	fmt.Fprintf(c.Err, "nephograph: %s\n", strings.TrimSpace(sentence+" "+remedy))
}
