//go:build !unix

package cache

import (
	"errors"
	"testing"
)

func needRights(t *testing.T) { t.Skip("this system has no rights and limits as Unix has them") }

func dropRights() error { return errors.ErrUnsupported }

func limitFiles(uint64) error { return errors.ErrUnsupported }
