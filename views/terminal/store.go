package terminal

import (
	"context"
	"errors"
	"fmt"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
)

// Store is an open cache and what fills it.
type Store struct {
	Cache
	// CacheFile looks after the file; nil where there is none.
	CacheFile CacheFile
	// Incidents are those that are kept beside the settings; nil where there is no cache file.
	Incidents Incidents
	// Settings are what is set for this cache. If they cannot be read they are the zero value, which lets no paid call
	// through and forgets nothing, and Connect says what is wrong.
	Settings app.Settings
	// Connect returns the places that are meant, without asking AWS: only a pull finds out that one cannot be reached.
	Connect func(context.Context, Places) ([]*pull.Place, error)
	// Pull plans and runs.
	Pull Puller
	// Insights asks Logs Insights.
	Insights InsightsAsker
	// OnSlowdown sets what is called, on any goroutine, when AWS slows a call down; nil removes it. It may itself be
	// nil.
	OnSlowdown func(func(app.Slowdown))
}

// Reader is what the commands that read the cache ask of it: each declares its own part.
type Reader interface {
	coverageReader
	alarmReader
	metricReader
	groupReader
	logReader
	traceReader
	trailReader
	explainReader
	ledgerReader
	spendReader
	resultReader
}

// Cache is an open cache; cache.DB is one.
type Cache interface {
	Reader
	Flush(context.Context) error // writes the ledger's newest requests
	Check(context.Context) error // reads the whole file and says what is wrong with it
	Close() error
}

// CacheFile looks after the cache file itself, as the commands below nephograph cache declare it; cache.DB is one.
type CacheFile interface {
	fileReader
	pruner
	checker
	pinner
	horizonReader
	ReadOnly() error // why nothing can be kept, nil if it can
}

// withStore opens the cache for f and closes it.
func (c *commandLine) withStore(ctx context.Context, f func(*Store) error) error {
	s, err := c.deps.OpenCache(ctx, c.cache)
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// withCache opens the cache for f, which only reads, and closes it. Where nothing was pulled yet it is an empty one
// that leaves no file behind; a file that was asked for by name and is not there is an error.
func (c *commandLine) withCache(ctx context.Context, f func(Reader) error) error {
	there, err := c.deps.CacheExists(c.cache)
	switch {
	case err != nil:
		return err
	case !there && c.cache != "":
		return missing(c.cache)
	case !there:
		return f(empty{})
	}
	return c.withStore(ctx, func(s *Store) error { return f(s) })
}

// missing says that there is no cache file at path, and how to make one.
func missing(path string) error {
	return &app.Error{Kind: app.NotFound, Op: "cache", Err: fmt.Errorf("there is no cache file %s; nephograph pull "+
		"--cache %s fills it", path, path)}
}

// withExisting opens the cache, which has to be there, for f.
func (c *commandLine) withExisting(ctx context.Context, f func(context.Context, *Store) error) error {
	there, err := c.deps.CacheExists(c.cache)
	switch {
	case err != nil:
		return err
	case !there && c.cache == "":
		c.note("There is no cache yet: nephograph pull makes it.")
		return nil
	case !there:
		return missing(c.cache)
	}
	return c.withStore(ctx, func(s *Store) error { return f(ctx, s) })
}

// withWritable opens the cache for f, which pulls into it, and closes it. A file that is too damaged to be opened is
// set aside.
func (c *commandLine) withWritable(ctx context.Context, f func(*Store) error) error {
	s, err := c.deps.OpenCache(ctx, c.cache)
	if app.KindOf(err) == app.Damaged {
		c.printError(err)
		var aside string
		if aside, err = c.deps.RenewCache(ctx, c.cache); err != nil {
			return err
		}
		if aside != "" {
			c.printError(&app.Error{Kind: app.Damaged, Op: explain.SetAside, Err: errors.New(aside)})
		}
		s, err = c.deps.OpenCache(ctx, c.cache)
	}
	if err != nil {
		return err
	}
	if s.CacheFile != nil {
		err = s.CacheFile.ReadOnly()
	}
	if err == nil {
		err = f(s)
	}
	return errors.Join(err, s.Close())
}

// setAside renames the cache file and says how.
func (c *commandLine) setAside() error {
	aside, err := c.deps.SetCacheAside(c.cache)
	if err != nil {
		return err
	}
	c.printError(&app.Error{Kind: app.Damaged, Op: explain.SetAside, Err: errors.New(aside)})
	return nil
}
