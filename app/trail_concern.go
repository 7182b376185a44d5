package app

import (
	"slices"
	"strings"
)

// Concerns reports whether an event concerns one of some resources, by their names or ARNs, in any case of ASCII letters:
// "orders" is the table/orders of an ARN, also where it is an alias or a stream of it, but not orders-archive.
func (e TrailEvent) Concerns(names ...string) bool {
	return slices.ContainsFunc(e.Resources, func(r TrailResource) bool {
		return slices.ContainsFunc(names, func(name string) bool { return concerns(r.Name, name) })
	})
}

func concerns(resource, name string) bool {
	name = path(name)
	return name != "" && strings.Contains("/"+path(resource)+"/", "/"+name+"/")
}

// path is the way to a resource within its service, in lower case and without its type: checkout/live for
// arn:aws:lambda:eu-west-1:111122223333:function:checkout:live. What is no ARN is as it is.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func path(name string) string {
	name = Fold(name)
	parts := strings.SplitN(name, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return name
	}
	within := strings.Trim(strings.ReplaceAll(parts[5], ":", "/"), "/")
	if _, rest, typed := strings.Cut(within, "/"); typed {
		return strings.Trim(rest, "/")
	}
	return within
}
