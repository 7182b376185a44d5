// Package bundle makes one file of an incident, and opens such a file: a colleague reads it without an AWS account, a
// network or any configuration.
//
// A bundle holds the incident and what the cache has of its ranges in the places of its evidence: alarms with their
// history, series, log events, traces, service graphs, trail events, and the coverage that says what is missing. It
// does not hold the names of profiles, who asked AWS, what that cost, or the settings of this machine. What was masked
// when it was kept is masked in it.
//
// # Format
//
// A bundle is the eight bytes of magic, and then one Zstandard stream of
//
//	4 bytes    length of the manifest, big-endian
//	manifest   JSON: Manifest
//	database   an SQLite file as package cache makes it; its length and SHA-256 are in the manifest
//
// There are no names of files in it, so that none can lead anywhere. An encrypted bundle is the same within a file of
// age (https://age-encryption.org/v1), by a passphrase or for recipients.
//
// # What is not trusted
//
// All of it. Lengths are bounded before anything is unpacked (unpack.go), the database is unpacked into a folder of its
// own under a name of ours, its schema has to be that of package cache to the letter (cache.OpenGiven), SQLite looks at
// each page, and only then is it read, by the same statements as any cache.
package bundle
