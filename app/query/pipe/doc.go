// Package pipe evaluates the commands of the Logs Insights query language over log events: what stands after the first
// "|" of a search, and the whole text of a query for AWS. The grammar is that of AWS ("CloudWatch Logs Insights
// language query syntax", CloudWatch Logs user guide):
//
//	query    = command { "|" command }          "#" begins a comment that ends with the line
//	command  = "fields" item { "," item }       item = expr [ "as" name ]
//	         | "display" item { "," item }
//	         | "filter" expr
//	         | "parse" [ field ] ( "glob" "as" name { "," name } | /regex with (?<name>groups)/ )
//	         | "stats" item { "," item } [ "by" item { "," item } ]
//	         | "sort" expr [ "asc" | "desc" ] { "," expr [ "asc" | "desc" ] }
//	         | "limit" number
//	         | "dedup" name { "," name }
//	         | "pattern" field
//	expr     = or | and | not | = != < <= > >= | [not] like "text" or /regex/ | =~ | [not] in [ … ] | + - * / % ^ |
//	           name | function "(" … ")" | number | "text" | 'text'
//
// A name with other characters than letters, digits, "_", "@" and "." stands in backticks. Keywords and functions are
// read in any case. Other commands of AWS (diff, join, SOURCE and the like) are an error that says so: only Logs
// Insights at AWS evaluates them.
//
// What AWS does not document is decided here: a field that an event lacks equals nothing, so that != and "not in" hold
// of it; two values are compared as numbers if both read as numbers, and as text otherwise; a function of what it
// cannot use, and a division by zero, have no value; pct takes the nearest rank, and stddev is that of a population;
// true and false are shown as 1 and 0, as AWS shows what ispresent returns, and equal the words true and false too.
//
// Beside AWS's fields there is @level: the level that the console reads out of a message in any form.
package pipe
