package resource

import (
	"regexp"
	"strings"
)

// layout says what the parts of a name are, a letter each:
//
//	c  what the resource lies in: a cluster, an event bus
//	n  the resource's own name
//	p  a part of the resource: an alias, an index, a stage
//	r  all that is left, which is one part of the resource
//	_  something that identifies nothing: an id that AWS adds, a word
//
// Parts are separated by colons and slashes. What a layout does not mention is left out. Layouts of one kind that have
// different numbers of parts are separated by spaces, the longest first: the first for which there are enough parts
// counts.
//
// Four layouts take the name as a whole: "whole" is for names that may hold separators; "path" for those that people
// arrange like folders, each of which counts as a name; "last" for names whose path identifies nothing; "secret" is a
// path with six random characters after it.
type layout string

const (
	whole  layout = "whole"
	path   layout = "path"
	last   layout = "last"
	secret layout = "secret"
)

// layouts are those of services and kinds whose ARNs are more than a kind and a name, and those of services whose ARNs
// have no kind. Service Authorization Reference, "Resource types defined by ...":
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var layouts = map[string]layout{
	"apigateway apis":                    "n_p",
	"apigateway restapis":                "n_p",
	"appsync apis":                       "n_p",
	"apprunner service":                  "n_",
	"autoscaling autoScalingGroup":       "__n",
	"autoscaling launchConfiguration":    "__n",
	"batch job-definition":               "np",
	"cloudformation changeSet":           "n_",
	"cloudformation stack":               "n_",
	"cloudformation stackset":            "n_",
	"codebuild build":                    "np",
	"codedeploy deploymentgroup":         "cn",
	"codepipeline":                       "nr",
	"dynamodb table":                     "n_r",
	"ecr repository":                     path,
	"ecs container-instance":             "cn n",
	"ecs service":                        "cn n",
	"ecs task":                           "cn n",
	"ecs task-definition":                "np",
	"ecs task-set":                       "cnp",
	"eks access-entry":                   "cn",
	"eks addon":                          "cn",
	"eks fargateprofile":                 "cn",
	"eks nodegroup":                      "cn",
	"elasticbeanstalk environment":       "cn",
	"elasticloadbalancing listener":      "_n",
	"elasticloadbalancing listener-rule": "_n",
	"elasticloadbalancing loadbalancer":  "_n n",
	"elasticloadbalancing targetgroup":   "n",
	"events api-destination":             "n_",
	"events connection":                  "n_",
	"events rule":                        "cn n",
	"execute-api":                        "npr",
	"glue table":                         "cn",
	"iam group":                          last,
	"iam instance-profile":               last,
	"iam policy":                         last,
	"iam role":                           last,
	"iam user":                           last,
	"kafka cluster":                      "n_",
	"kafka topic":                        "c_n",
	"kinesis stream":                     "n_p",
	"lambda function":                    "np",
	"lambda layer":                       "np",
	"mq broker":                          "n_",
	"s3":                                 "nr",
	"s3 accesspoint":                     "nr",
	"scheduler schedule":                 "cn",
	"secretsmanager secret":              secret,
	"sns":                                "np",
	"sqs":                                "n",
	"ssm parameter":                      path,
	"states execution":                   "np",
	"states express":                     "np",
	"states mapRun":                      "np",
	"states stateMachine":                "np",
	"sts assumed-role":                   "np",
	"wafv2 global":                       "_n",
	"wafv2 regional":                     "_n",
}

func layoutOf(service, kind string) layout {
	key := service
	if kind != "" {
		key += " " + kind
	}
	if l, ok := layouts[key]; ok {
		return l
	}
	return whole
}

// apply reads a name, without its service and kind.
func (l layout) apply(name string) Name {
	switch l {
	case whole:
		return named("", "", name, parts(name), 0)
	case path:
		return named("", "", name, fields(name, "/"), 0)
	case last:
		own := name[strings.LastIndexByte(name, '/')+1:]
		return named("", "", own, parts(own), 0)
	case secret:
		name = randomSuffix.ReplaceAllString(name, "")
		return named("", "", name, fields(name, "/"), 0)
	}
	return l.letters(name).read(name)
}

// randomSuffix is what Secrets Manager puts after a secret's name in its ARN: six characters.
var randomSuffix = regexp.MustCompile(`-[A-Za-z0-9]{6}$`)

// parts are those of a name that is one, none for "".
func parts(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// letters returns the layout that fits the number of parts that a name has.
func (l layout) letters(name string) layout {
	count := strings.Count(name, ":") + strings.Count(name, "/") + 1
	all := strings.Fields(string(l))
	for _, one := range all {
		if strings.IndexByte(one, 'n') < count {
			return layout(one)
		}
	}
	return "n"
}

// read takes the parts of a name by the letters of the layout.
func (l layout) read(name string) Name {
	var path []string
	var short string
	own, outer := 0, 0
	for i := 0; i < len(l) && name != ""; i++ {
		part, rest := name, ""
		if at := strings.IndexAny(name, ":/"); at >= 0 && l[i] != 'r' {
			part, rest = name[:at], name[at+1:]
		}
		name = rest
		if l[i] == '_' || part == "" || part == "*" {
			continue
		}
		path = append(path, part)
		switch l[i] {
		case 'c':
			outer++
		case 'n':
			short, own = part, len(path)
		}
	}
	n := named("", "", short, path, min(outer, own))
	n.own = own
	return n
}
