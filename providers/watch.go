package providers

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// watchEvery is how often files are looked at: a sign-in that was done elsewhere is taken up within two seconds.
const watchEvery = time.Second

// WatchCredentials calls changed whenever a file that may hold credentials was written, removed or made: the AWS
// configuration, and the sign-ins and sessions that the AWS CLI and SDKs keep beside it. It looks at times and sizes
// only. It returns when ctx ends; changed is called on its goroutine.
func WatchCredentials(ctx context.Context, changed func()) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	was := credentialFiles()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := credentialFiles()
		if !sameFiles(was, now) {
			changed()
		}
		was = now
	}
}

// stamp is what tells one state of a file from another.
type stamp struct {
	written time.Time
	size    int64
}

func sameFiles(a, b map[string]stamp) bool {
	if len(a) != len(b) {
		return false
	}
	for path, s := range a {
		if other, ok := b[path]; !ok || !other.written.Equal(s.written) || other.size != s.size {
			return false
		}
	}
	return true
}

// mostCredentialFiles bounds what is looked at in one folder.
const mostCredentialFiles = 1000

// credentialFiles returns the state of every file that may hold credentials.
func credentialFiles() map[string]stamp {
	paths := []string{configFile(), credentialsFile()}
	if home, err := os.UserHomeDir(); err == nil {
		for _, folder := range []string{"sso/cache", "cli/cache", "login/cache"} {
			found, _ := filepath.Glob(filepath.Join(home, ".aws", filepath.FromSlash(folder), "*.json"))
			paths = append(paths, found[:min(len(found), mostCredentialFiles)]...)
		}
	}
	files := make(map[string]stamp, len(paths))
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			files[path] = stamp{info.ModTime(), info.Size()}
		}
	}
	return files
}
