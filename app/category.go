package app

import "strings"

// Category says what kind of thing a change touched: what a person looks for first after what broke.
type Category uint8

// The categories. What none of the rules knows is configuration.
const (
	Configuration Category = iota
	Deploy                 // another version runs
	Scaling                // more or less of the same
	Network                // who reaches whom
	Security               // who may do what, and keys
	Data                   // what is stored, and its copies
)

var categoryNames = [...]string{"configuration", "deploy", "scaling", "network", "security", "data"}

// String returns the category's name: deploy.
func (c Category) String() string {
	if int(c) < len(categoryNames) {
		return categoryNames[c]
	}
	return categoryNames[Configuration]
}

// categoryRule gives the calls of a service that begin with a word a category; "" begins every call.
type categoryRule struct {
	service, begins string
	is              Category
}

// categoryRules are tried in order. Event sources and names are those of CloudTrail (each service's API reference).
var categoryRules = []categoryRule{
	{"lambda", "UpdateFunctionCode", Deploy}, {"lambda", "PublishVersion", Deploy}, {"lambda", "UpdateAlias", Deploy},
	{"lambda", "CreateFunction", Deploy},
	{"lambda", "PutFunctionConcurrency", Scaling}, {"lambda", "PutProvisionedConcurrency", Scaling},
	{"lambda", "AddPermission", Security},
	{"ecs", "RegisterTaskDefinition", Deploy}, {"ecs", "RunTask", Deploy}, {"ecs", "CreateService", Deploy},
	{"ecs", "UpdateService", Deploy},
	{"eks", "UpdateClusterVersion", Deploy}, {"eks", "UpdateNodegroupVersion", Deploy},
	{"eks", "UpdateNodegroupConfig", Scaling},
	{"ecr", "PutImage", Deploy}, {"cloudformation", "", Deploy}, {"codedeploy", "", Deploy},
	{"codepipeline", "", Deploy}, {"codebuild", "Start", Deploy},
	{"elasticbeanstalk", "", Deploy}, {"amplify", "", Deploy}, {"apprunner", "StartDeployment", Deploy},
	{"apigateway", "CreateDeployment", Deploy}, {"cloudfront", "CreateInvalidation", Deploy},
	{"appconfig", "StartDeployment", Deploy},
	{"autoscaling", "", Scaling}, {"application-autoscaling", "", Scaling}, {"ec2", "RunInstances", Scaling},
	{"ec2", "TerminateInstances", Scaling},
	{"ec2", "StartInstances", Scaling}, {"ec2", "StopInstances", Scaling}, {"ec2", "ModifyInstance", Scaling},
	{"ec2", "RequestSpot", Scaling},
	{"dynamodb", "UpdateTable", Scaling}, {"kinesis", "UpdateShardCount", Scaling}, {"kinesis", "SplitShard", Scaling},
	{"kinesis", "MergeShards", Scaling},
	{"kinesis", "UpdateStreamMode", Scaling}, {"rds", "ModifyDBInstance", Scaling}, {"rds", "ModifyDBCluster", Scaling},
	{"elasticache", "Modify", Scaling}, {"elasticache", "Increase", Scaling}, {"elasticache", "Decrease", Scaling},
	{"iam", "", Security}, {"sts", "", Security}, {"kms", "", Security}, {"secretsmanager", "", Security},
	{"acm", "", Security}, {"sso", "", Security},
	{"organizations", "", Security}, {"guardduty", "", Security}, {"wafv2", "", Security}, {"cloudtrail", "", Security},
	{"signin", "", Security},
	{"ec2", "AuthorizeSecurityGroup", Network}, {"ec2", "RevokeSecurityGroup", Network},
	{"s3", "PutBucketPolicy", Security}, {"s3", "PutBucketAcl", Security}, {"s3", "PutPublicAccessBlock", Security},
	{"s3", "DeleteBucketPolicy", Security},
	{"elasticloadbalancing", "", Network}, {"route53", "", Network}, {"servicediscovery", "", Network},
	{"globalaccelerator", "", Network},
	{"network-firewall", "", Network}, {"apigateway", "", Network}, {"cloudfront", "", Network}, {"ec2", "", Network},
	{"s3", "", Data}, {"dynamodb", "", Data}, {"rds", "", Data}, {"backup", "", Data}, {"elasticache", "", Data},
	{"elasticfilesystem", "", Data},
	{"kinesis", "", Data}, {"firehose", "", Data}, {"sqs", "PurgeQueue", Data}, {"glue", "", Data},
	{"redshift", "", Data}, {"es", "", Data},
}

// Touches returns what kind of thing the event touched, by its source and its name.
func (e TrailEvent) Touches() Category {
	service := e.Service()
	if service == "ecs" && strings.Contains(string(e.Raw), `"desiredCount"`) &&
		!strings.Contains(string(e.Raw), `"taskDefinition"`) {
		return Scaling // UpdateService deploys a task definition, or sets only how many tasks run
	}
	for _, r := range categoryRules {
		if r.service == service && strings.HasPrefix(e.Name, r.begins) {
			return r.is
		}
	}
	return Configuration
}
