// Package app is Nephograph's vocabulary: where (Scope), when (Range), what a person looks at (Focus), the five
// signals (metrics, logs, traces, CloudTrail events, alarms), the questions that are asked of them, how much of an
// answer is known (Cover), what it cost (Request, Money), and what went wrong (Error).
//
// It holds values and pure functions only. It imports nothing but the standard library; cache, providers and views
// all speak it, and none of them needs to know another.
//
// Every time in a value of this package is in UTC. JSON field names are those that the commands print with --json.
package app
