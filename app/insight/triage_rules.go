package insight

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// judge sets what the call lets in and what its effect is.
func (c *call) judge() {
	if c.ReadOnly && !c.SignIn() {
		return
	}
	if c.opens() {
		c.outside = c.letIn()
	}
	for _, rule := range effectRules {
		if rule.holds(c) {
			c.effect = rule.effect
			return
		}
	}
}

// effectRules are tried in order; the first that holds says the effect.
var effectRules = []struct {
	effect Effect
	holds  func(*call) bool
}{
	{SignIn, (*call).weakSignIn},
	{AuditWeakened, (*call).weakensAudit},
	{Exposed, (*call).exposes},
	{Shared, (*call).shares},
	{Credentials, (*call).givesCredentials},
	{CodeRun, (*call).runsCode},
	{Destroyed, (*call).destroys},
	{Capacity, (*call).takesCapacity},
}

// weakSignIn: into the console by root, or by a user without a second factor (CloudTrail user guide, "AWS Management
// Console sign-in events"). Federated users have it with their identity provider.
func (c *call) weakSignIn() bool {
	if c.Name != "ConsoleLogin" {
		return false
	}
	user := c.Principal.Type == "IAMUser" || c.Principal.Type == "Root"
	return c.Principal.Type == "Root" || user && !c.Principal.MFA && strings.EqualFold(text(c.more["MFAUsed"]), "No")
}

// watchers are services whose purpose is to record or to detect.
var watchers = []string{"cloudtrail", "config", "guardduty", "securityhub", "access-analyzer", "inspector2", "macie2",
	"detective", "auditmanager"}

// logNouns are what other services have of that kind.
var logNouns = []string{"FlowLogs", "LoggingConfiguration", "QueryLogConfig", "LogGroup", "LogStream", "MetricFilter",
	"SubscriptionFilter", "Alarms", "AlarmActions", "BucketLogging", "ModelInvocationLoggingConfiguration"}

// soon is how few days a lifecycle rule may leave what it expires, before that is as good as deleting it.
const soon = 7

// weakensAudit: logging, monitoring or detection is stopped, narrowed or cut short.
func (c *call) weakensAudit() bool {
	less := has(c.verb, "Delete", "Stop", "Disable", "Disassociate", "Deregister", "Archive", "Leave")
	switch service := c.Service(); {
	case slices.Contains(watchers, service):
		return less || c.noun == "EventSelectors" || c.verb == "Update" && (c.noun == "Trail" || c.noun == "Detector")
	case service == "organizations":
		return c.Name == "LeaveOrganization" || c.verb == "Detach" && c.noun == "Policy"
	case less && slices.Contains(logNouns, c.noun):
		return true
	case strings.HasPrefix(c.noun, "BucketLifecycle") && c.verb == "Put":
		return c.anyValue(func(key, value string) bool {
			days, err := strconv.ParseFloat(value, 64)
			return err == nil && strings.EqualFold(key, "Days") && days <= soon
		})
	}
	return false
}

// opens reports whether the call can let somebody in: the same words in a request that takes something away mean
// nothing.
func (c *call) opens() bool {
	return has(c.verb, "Put", "Modify", "Add", "Create", "Update", "Authorize", "Set", "Attach", "Share", "Associate",
		"Accept", "Send", "Register", "Tag") && !c.takesAway()
}

// takesAway reports whether a Modify call removes what it names, as it is written of snapshots and images.
func (c *call) takesAway() bool {
	removes := c.anyValue(func(key, value string) bool {
		return key == "operationType" && value == "remove"
	})
	_, permission := c.request["createVolumePermission"].(map[string]any)
	return removes || permission && !strings.Contains(marshal(c.request["createVolumePermission"]), `"add"`)
}

var (
	accountID  = regexp.MustCompile(`^\d{12}$`)
	accountARN = regexp.MustCompile(`arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):`)
	everyone   = regexp.MustCompile(`"Principal"\s*:\s*("\*"|\{[^}]*"AWS"\s*:\s*\[?\s*"\*")`)
)

// letIn returns the accounts other than its own that a call names as somebody, and "everyone".
func (c *call) letIn() (found []string) {
	add := func(who string) {
		if who != c.Account && who != c.Principal.Account && !slices.Contains(found, who) {
			found = append(found, who)
		}
	}
	values("", c.request, func(key, value string) {
		lower := strings.ToLower(key)
		switch {
		case accountID.MatchString(value) && mentions(lower, "user", "principal", "account", "valuestoadd", "add",
			"id"):
			add(value)
		case (value == "all" || value == "*") &&
			mentions(lower, "group", "principal", "valuestoadd", "add", "userid"):
			add(everyoneText)
		}
		if strings.Contains(value, "rincipal") && everyone.MatchString(value) && !strings.Contains(value, "Condition") {
			add(everyoneText)
		}
		for _, m := range accountARN.FindAllStringSubmatch(value, -1) {
			add(m[1])
		}
	})
	slices.Sort(found)
	return found
}

// everyoneText stands in Finding.Outside for no account in particular.
const everyoneText = "everyone"

// exposes: something can be reached from the whole internet.
func (c *call) exposes() bool {
	switch {
	case strings.Contains(c.noun, "PublicAccessBlock"):
		return c.verb == "Delete" || c.anyValue(func(_, value string) bool { return value == "false" })
	case strings.Contains(c.noun, "SecurityGroup") && c.verb == "Authorize",
		strings.Contains(c.noun, "SecurityGroupRule"), c.noun == "NetworkAclEntry":
		return c.verb != "Revoke" && c.verb != "Delete" && !strings.Contains(c.noun, "Egress") &&
			c.anyValue(func(_, value string) bool { return value == "0.0.0.0/0" || value == "::/0" })
	case strings.HasPrefix(c.noun, "FunctionUrl"):
		return c.opens() && c.anyValue(func(_, value string) bool { return value == "NONE" })
	case c.noun == "BucketAcl", c.noun == "ObjectAcl":
		return c.anyValue(func(_, value string) bool {
			return strings.HasPrefix(value, "public-") || strings.Contains(value, "/global/AllUsers")
		})
	}
	return c.opens() && c.anyValue(func(key, value string) bool {
		return value == "true" && strings.EqualFold(key, "publiclyAccessible")
	})
}

// shares: data, an image or a resource is given to another account or to everyone.
func (c *call) shares() bool {
	return len(c.outside) > 0 && c.Service() != "iam" && c.Service() != "sts" &&
		(strings.Contains(c.noun, "Attribute") || strings.Contains(c.noun, "Policy") ||
			strings.Contains(c.noun, "Permission") || has(c.verb, "Share", "Associate"))
}

// keyNouns are what lets somebody in.
var keyNouns = []string{"AccessKey", "LoginProfile", "User", "AssumeRolePolicy", "TrustAnchor", "SAMLProvider",
	"OpenIDConnectProvider", "ServiceSpecificCredential", "SSHPublicKey", "SerialConsoleSSHPublicKey", "KeyPair",
	"VirtualMFADevice", "MFADevice", "SigningCertificate", "PermissionSet", "AccountAssignment", "Profile"}

// policyNouns are what lets somebody do more.
var policyNouns = []string{"UserPolicy", "RolePolicy", "GroupPolicy", "PolicyVersion", "UserToGroup",
	"RoleToInstanceProfile"}

// givesCredentials: new credentials, permissions or trust.
func (c *call) givesCredentials() bool {
	switch c.Service() {
	case "iam", "rolesanywhere", "sso", "sso-directory", "identitystore", "ec2", "ec2-instance-connect":
	default:
		return false
	}
	if c.Name == "DeactivateMFADevice" || c.Name == "DeleteVirtualMFADevice" ||
		c.verb == "Delete" && strings.Contains(c.noun, "PermissionsBoundary") {
		return true
	}
	if !has(c.verb, "Create", "Update", "Attach", "Put", "Add", "Upload", "Enable", "Import", "Send", "Reset") {
		return false
	}
	return slices.Contains(keyNouns, c.noun) || slices.Contains(policyNouns, c.noun) ||
		c.noun == "Role" && len(c.outside) > 0
}

// runsCode: commands, sessions or code on machines and functions.
func (c *call) runsCode() bool {
	switch c.Service() {
	case "ssm":
		return c.Name == "SendCommand" || c.Name == "StartSession" || c.Name == "StartAutomationExecution"
	case "ec2":
		_, data := c.request["userData"]
		return c.Name == "ModifyInstanceAttribute" && data
	case "lambda":
		layers, _ := c.request["layers"].([]any)
		return c.noun == "FunctionCode" || c.noun == "FunctionConfiguration" && len(layers) > 0
	case "ecs":
		return c.Name == "ExecuteCommand"
	}
	return false
}

// dataNouns are what holds data or the keys to it.
var dataNouns = []string{"DBInstance", "DBCluster", "DBSnapshot", "DBClusterSnapshot", "Snapshot", "Volume", "Bucket",
	"Table", "Backup", "RecoveryPoint", "BackupVault", "FileSystem", "Cluster", "Domain", "Stream", "Secret", "Objects",
	"Object", "GlobalTable", "Repository", "HostedZone", "Stack"}

// destroys: data or keys are deleted, or can no longer be read.
func (c *call) destroys() bool {
	switch {
	case c.Service() == "kms":
		return c.Name == "ScheduleKeyDeletion" || c.Name == "DisableKey" || c.Name == "DeleteImportedKeyMaterial"
	case c.Name == "PutBucketVersioning":
		return c.anyValue(func(_, value string) bool { return value == "Suspended" })
	}
	return c.verb == "Delete" && slices.Contains(dataNouns, c.noun)
}

// dear are instance families with accelerators, and sizes, that cost dollars an hour and are sought by others (EC2 user
// guide, "Instance types": P, G, Trn, Inf and DL are accelerated computing).
var dear = regexp.MustCompile(`^((p|g|trn|inf|dl|vt|f)\d|u-)|\.(metal|(16|24|32|48|112)xlarge)`)

// takesCapacity: dear machines are started.
func (c *call) takesCapacity() bool {
	return has(c.Name, "RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet") &&
		c.anyValue(func(key, value string) bool { return key == "instanceType" && dear.MatchString(value) })
}

// anyValue reports whether a value anywhere in the request is as it is asked.
func (c *call) anyValue(is func(key, value string) bool) (found bool) {
	values("", c.request, func(key, value string) { found = found || is(key, value) })
	return found
}

// has reports whether a word is one of some.
func has(word string, some ...string) bool { return slices.Contains(some, word) }

// mentions reports whether the name of a parameter contains one of some words.
func mentions(key string, some ...string) bool {
	return slices.ContainsFunc(some, func(s string) bool { return strings.Contains(key, s) })
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

func marshal(value any) string {
	b, _ := json.Marshal(value)
	return string(b)
}
