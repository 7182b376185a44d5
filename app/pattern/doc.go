// Package pattern finds the patterns of log messages: messages that differ in their variable parts only have one
// template.
//
// A message is read in two steps. Scanner replaces what is variable by its form alone - numbers, ids, addresses,
// paths, instants, lengths of time, sizes, values of key=value - by a wildcard; what remains is the shape of the
// message. Miner keeps each shape once with its counts. Merge then finds the words that are variable although they
// look like any other word, such as names of users, by comparing shapes with each other.
//
// Both steps are functions of a set: the shape of a message depends on nothing but the message, and merging on
// nothing but the set of shapes. So the templates are the same in whatever order the events came, which those of
// Drain (He et al., ICWS 2017) and of others that grow a tree as messages come are not. There are no parameters.
package pattern
