//go:build unix

package cache

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

func needRights(*testing.T) {}

// dropRights makes a process of root's one of nobody's: root may write whatever the rights say.
func dropRights() error {
	if os.Geteuid() != 0 {
		return nil
	}
	return errors.Join(syscall.Setgid(65534), syscall.Setuid(65534))
}

// limitFiles lets no file of this process grow beyond so many bytes.
func limitFiles(bytes uint64) error {
	signal.Ignore(syscall.SIGXFSZ) // whose answer would be to end; now writing fails
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
