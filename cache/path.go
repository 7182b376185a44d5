package cache

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Path returns where the cache is kept unless --cache says otherwise: nephograph/cache.db in XDG_DATA_HOME where that
// is set, else in the platform's folder for data that a program keeps for one user on one machine.
func Path() (string, error) {
	home, err := os.UserHomeDir()
	folder := dataFolder(runtime.GOOS, os.Getenv, home)
	if folder == "" {
		return "", errors.Join(errors.New("no folder for the cache: choose a file with --cache"), err)
	}
	return filepath.Join(folder, "nephograph", "cache.db"), nil
}

// dataFolder follows the XDG Base Directory Specification (relative values are invalid and ignored), Apple's File
// System Programming Guide and the Windows Known Folders. It returns "" if nothing tells where.
func dataFolder(system string, env func(string) string, home string) string {
	if xdg := env("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		return xdg
	}
	if local := env("LocalAppData"); system == "windows" && local != "" {
		return local
	}
	if home == "" {
		return ""
	}
	switch system {
	case "windows":
		return filepath.Join(home, "AppData", "Local")
	case "darwin", "ios":
		return filepath.Join(home, "Library", "Application Support")
	}
	return filepath.Join(home, ".local", "share")
}
