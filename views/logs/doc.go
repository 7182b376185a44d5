// Package logs is the screen of log events, and shows log events, log groups and bars of the log volume in the drawer.
package logs
