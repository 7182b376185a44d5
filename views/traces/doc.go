// Package traces shows traces, their spans as a waterfall, and services in the drawer.
package traces
