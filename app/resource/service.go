package resource

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// services are AWS services by the names that ARNs, CloudTrail and the ledger of calls have for them.
var services = map[string]string{
	"acm": "Certificate Manager", "apigateway": "API Gateway", "application-autoscaling": "Application Auto Scaling",
	"apprunner": "App Runner", "appsync": "AppSync", "athena": "Athena", "autoscaling": "Auto Scaling",
	"backup": "Backup",
	"batch":  "Batch", "cloudformation": "CloudFormation", "cloudfront": "CloudFront", "cloudtrail": "CloudTrail",
	"cloudwatch": "CloudWatch", "codebuild": "CodeBuild", "codedeploy": "CodeDeploy", "codepipeline": "CodePipeline",
	"cognito-idp": "Cognito", "config": "Config", "dynamodb": "DynamoDB", "ec2": "EC2", "ecr": "ECR", "ecs": "ECS",
	"eks": "EKS", "elasticache": "ElastiCache", "elasticbeanstalk": "Elastic Beanstalk", "elasticfilesystem": "EFS",
	"elasticloadbalancing": "Elastic Load Balancing", "es": "OpenSearch", "events": "EventBridge",
	"execute-api": "API Gateway", "firehose": "Data Firehose", "glue": "Glue", "iam": "IAM", "kafka": "MSK",
	"kinesis": "Kinesis", "kms": "KMS", "lambda": "Lambda", "logs": "CloudWatch Logs", "monitoring": "CloudWatch",
	"mq": "Amazon MQ", "pipes": "EventBridge Pipes", "rds": "RDS", "redshift": "Redshift", "route53": "Route 53",
	"s3": "S3", "sagemaker": "SageMaker", "scheduler": "EventBridge Scheduler", "secretsmanager": "Secrets Manager",
	"servicequotas": "Service Quotas", "signin": "Sign-In", "sns": "SNS", "sqs": "SQS", "ssm": "Systems Manager",
	"sso": "IAM Identity Center", "states": "Step Functions", "sts": "STS", "synthetics": "CloudWatch Synthetics",
	"tagging": "The tagging API", "wafv2": "WAF", "xray": "X-Ray",
}

// Service returns what people call an AWS service, of its name in an ARN or in CloudTrail: DynamoDB for dynamodb and
// for dynamodb.amazonaws.com. A name that is not known is returned as it is.
func Service(name string) string {
	if known, ok := services[strings.TrimSuffix(name, ".amazonaws.com")]; ok {
		return known
	}
	return name
}

// ServiceOf returns the service of a type of the service graph, as ARNs write it: dynamodb for AWS::DynamoDB::Table. It
// is empty for what stands for something else, which has its name: an API in front of a function, an instance that runs
// a service.
func ServiceOf(kind string) string {
	rest, ok := strings.CutPrefix(kind, "AWS::")
	service, _, _ := strings.Cut(rest, "::")
	switch service = app.Fold(service); service {
	case "dynamodb", "lambda", "sqs", "sns", "kinesis", "s3":
		if ok {
			return service
		}
	}
	return ""
}
