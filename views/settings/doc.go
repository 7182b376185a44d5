// Package settings is the screen of what is set and where from: the values that hold for the cache, how the window
// looks, which files there are, the places in use, and all keys. It changes the look only: values come from a file.
package settings
