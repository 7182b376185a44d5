package insight

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// trailCall is a trail event of somebody who works by hand, minutes after the beginning of the tests.
func trailCall(minute float64, source, name, request string) app.TrailEvent {
	e := app.TrailEvent{
		Scope: shop, ID: fmt.Sprint(source, name, minute), At: ago(600 - minute), Name: name,
		Source: source + ".amazonaws.com", Type: "AwsApiCall", SourceIP: "198.51.100.7", UserAgent: "aws-cli/2.9",
		Principal: app.Principal{Type: "IAMUser", User: "ada", Account: shop.Account},
	}
	e.Raw = json.RawMessage(`{"requestParameters":` + request + `}`)
	return e
}

func TestEffects(t *testing.T) {
	const other = "444455556666"
	for _, c := range []struct {
		source, name, request string
		want                  Effect
	}{
		{"cloudtrail", "StopLogging", `{"name":"main"}`, AuditWeakened},
		{"cloudtrail", "DeleteTrail", `{"name":"main"}`, AuditWeakened},
		{"cloudtrail", "PutEventSelectors", `{"trailName":"main"}`, AuditWeakened},
		{"cloudtrail", "StartLogging", `{"name":"main"}`, NoEffect},
		{"cloudtrail", "AddTags", `{}`, NoEffect},
		{"guardduty", "UpdateDetector", `{"enable":false}`, AuditWeakened},
		{"ec2", "DeleteFlowLogs", `{"flowLogIds":["fl-1"]}`, AuditWeakened},
		{"ec2", "CreateFlowLogs", `{}`, NoEffect},
		{"organizations", "LeaveOrganization", `null`, AuditWeakened},
		{"monitoring", "DeleteAlarms", `{"alarmNames":["a"]}`, AuditWeakened},
		{"s3", "PutBucketLifecycle",
			`{"bucketName":"t","LifecycleConfiguration":{"Rule":{"Expiration":{"Days":1}}}}`, AuditWeakened},
		{"s3", "PutBucketLifecycle",
			`{"bucketName":"t","LifecycleConfiguration":{"Rule":{"Expiration":{"Days":365}}}}`, NoEffect},
		{"ec2", "ModifySnapshotAttribute",
			`{"snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"userId":"` + other + `"}]}}}`, Shared},
		{"ec2", "ModifySnapshotAttribute",
			`{"snapshotId":"snap-1","createVolumePermission":{"remove":{"items":[{"userId":"` + other + `"}]}}}`,
			NoEffect},
		{"ec2", "ModifySnapshotAttribute",
			`{"snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"userId":"` + shop.Account + `"}]}}}`,
			NoEffect},
		{"ec2", "ModifyImageAttribute", `{"imageId":"ami-1","launchPermission":{"add":{"items":[{"group":"all"}]}}}`,
			Shared},
		{"rds", "ModifyDBSnapshotAttribute", `{"attributeName":"restore","valuesToAdd":["` + other + `"]}`, Shared},
		{"s3", "PutBucketPolicy", `{"bucketName":"b","bucketPolicy":{"Statement":[{"Principal":` +
			`{"AWS":"arn:aws:iam::` + other + `:root"}}]}}`, Shared},
		{"lambda", "AddPermission20150331v2", `{"functionName":"f","principal":"*"}`, Shared},
		{"lambda", "AddPermission20150331v2", `{"functionName":"f","principal":"s3.amazonaws.com"}`, NoEffect},
		{"ec2", "AuthorizeSecurityGroupIngress", `{"groupId":"sg-1","ipPermissions":{"items":[{"fromPort":22,` +
			`"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}`, Exposed},
		{"ec2", "AuthorizeSecurityGroupIngress", `{"groupId":"sg-1","ipPermissions":{"items":[{"fromPort":22,` +
			`"ipRanges":{"items":[{"cidrIp":"10.0.0.0/8"}]}}]}}`, NoEffect},
		{"ec2", "AuthorizeSecurityGroupEgress", `{"groupId":"sg-1","ipPermissions":{"items":[{` +
			`"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}`, NoEffect},
		{"s3", "DeleteBucketPublicAccessBlock", `{"bucketName":"b"}`, Exposed},
		{"rds", "ModifyDBInstance", `{"dBInstanceIdentifier":"d","publiclyAccessible":true}`, Exposed},
		{"lambda", "CreateFunctionUrlConfig", `{"functionName":"f","authType":"NONE"}`, Exposed},
		{"iam", "CreateAccessKey", `{"userName":"eve"}`, Credentials},
		{"iam", "AttachUserPolicy", `{"userName":"eve","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`,
			Credentials},
		{"iam", "UpdateAssumeRolePolicy", `{"roleName":"r","policyDocument":"{}"}`, Credentials},
		{"iam", "CreateRole", `{"roleName":"r","assumeRolePolicyDocument":"{\"Statement\":[{\"Principal\":` +
			`{\"Service\":\"lambda.amazonaws.com\"}}]}"}`, NoEffect},
		{"iam", "CreateRole", `{"roleName":"r","assumeRolePolicyDocument":"{\"Statement\":[{\"Principal\":` +
			`{\"AWS\":\"arn:aws:iam::` + other + `:root\"}}]}"}`, Credentials},
		{"rolesanywhere", "CreateTrustAnchor", `{"name":"a"}`, Credentials},
		{"ec2-instance-connect", "SendSerialConsoleSSHPublicKey", `{"instanceId":"i-1"}`, Credentials},
		{"ssm", "SendCommand", `{"instanceIds":["i-1"]}`, CodeRun},
		{"ec2", "ModifyInstanceAttribute", `{"instanceId":"i-1","userData":"<sensitiveDataRemoved>"}`, CodeRun},
		{"ec2", "ModifyInstanceAttribute", `{"instanceId":"i-1","ebsOptimized":{"value":true}}`, NoEffect},
		{"lambda", "UpdateFunctionCode20150331v2", `{"functionName":"f"}`, CodeRun},
		{"lambda", "UpdateFunctionConfiguration20150331v2", `{"functionName":"f","layers":["arn:aws:lambda:::l"]}`,
			CodeRun},
		{"lambda", "UpdateFunctionConfiguration20150331v2", `{"functionName":"f","timeout":30}`, NoEffect},
		{"rds", "DeleteDBInstance", `{"dBInstanceIdentifier":"d"}`, Destroyed},
		{"kms", "ScheduleKeyDeletion", `{"keyId":"k"}`, Destroyed},
		{"ec2", "RunInstances", `{"instanceType":"p2.xlarge"}`, Capacity},
		{"ec2", "RunInstances", `{"instanceType":"t3.micro"}`, NoEffect},
		{"dynamodb", "UpdateTable", `{"tableName":"orders"}`, NoEffect},
	} {
		found := Triage([]app.TrailEvent{trailCall(0, c.source, c.name, c.request)})
		got := NoEffect
		if len(found) == 1 {
			got = found[0].Effect
		}
		if got != c.want {
			t.Errorf("%s %s: %s, want %s", c.name, c.request, got, c.want)
		}
	}
}

func TestWeakSignIns(t *testing.T) {
	login := func(kind, mfa string) app.TrailEvent {
		e := trailCall(0, "signin", "ConsoleLogin", "null")
		e.Principal.Type, e.Principal.MFA = kind, mfa == "Yes"
		e.Raw = json.RawMessage(`{"additionalEventData":{"MFAUsed":"` + mfa + `"}}`)
		return e
	}
	for _, c := range []struct {
		kind, mfa string
		want      int
	}{{"IAMUser", "No", 1}, {"IAMUser", "Yes", 0}, {"Root", "Yes", 1}, {"AssumedRole", "No", 0}} {
		if got := len(Triage([]app.TrailEvent{login(c.kind, c.mfa)})); got != c.want {
			t.Errorf("%s with MFA %s: %d findings, want %d", c.kind, c.mfa, got, c.want)
		}
	}
}

// secretRead is the read of one secret.
func secretRead(minute float64, name string) app.TrailEvent {
	e := trailCall(minute, "secretsmanager", "GetSecretValue", `{"secretId":"`+name+`"}`)
	e.ReadOnly = true
	return e
}

func TestSecretsReadInBulk(t *testing.T) {
	var many, few []app.TrailEvent
	for i := range 6 {
		many = append(many, secretRead(float64(i), fmt.Sprint("secret-", i)))
		few = append(few, secretRead(float64(i), "the only one"))
	}
	if got := Triage(many); len(got) != 1 || got[0].Effect != SecretsRead || got[0].Things != 6 {
		t.Errorf("six secrets: %+v", got)
	}
	if got := Triage(few); len(got) != 0 {
		t.Errorf("one secret read six times: %+v", got)
	}
	made := trailCall(0, "secretsmanager", "CreateSecret", `{"name":"x"}`)
	if got := Triage(append(many, made)); len(got) != 0 {
		t.Errorf("an actor reads back what it made: %+v", got)
	}
}

func TestStolenCredentials(t *testing.T) {
	of := func(minute float64, address, agent string) app.TrailEvent {
		e := trailCall(minute, "sts", "GetCallerIdentity", "null")
		e.ReadOnly, e.SourceIP, e.UserAgent = true, address, agent
		e.Principal = app.Principal{Type: "AssumedRole", User: "web", Session: "i-0dbc91f429e48eeed"}
		return e
	}
	home := of(0, "3.225.16.109", "amazon-ssm-agent")
	away := of(1, "198.51.100.7", "aws-cli/2.9")
	got := Triage([]app.TrailEvent{home, away, trailCall(2, "dynamodb", "UpdateTable", "{}")})
	if len(got) != 1 || got[0].Effect != Stolen || !slices.Equal(got[0].Outside, []string{"198.51.100.7"}) {
		t.Errorf("%+v", got)
	}
	if got := Triage([]app.TrailEvent{home, home}); len(got) != 0 {
		t.Errorf("an instance at home: %+v", got)
	}
}

func TestRefusalsAndSurveys(t *testing.T) {
	var refused, surveyed []app.TrailEvent
	for i := range 9 {
		service := []string{"ec2", "iam", "s3"}[i%3]
		denied := trailCall(float64(i), service, fmt.Sprintf("Update%c", 'A'+i), `{}`)
		denied.ErrorCode = "AccessDenied"
		refused = append(refused, denied)
		read := trailCall(float64(i), service, fmt.Sprintf("List%c", 'A'+i), `{}`)
		read.ReadOnly = true
		surveyed = append(surveyed, read)
	}
	if got := Triage(refused); len(got) != 1 || got[0].Effect != Refused || got[0].Things != 9 {
		t.Errorf("refused: %+v", got)
	}
	if got := Triage(refused[:2]); len(got) != 0 {
		t.Errorf("two calls refused: %+v", got)
	}
	if got := Triage(surveyed); len(got) != 0 {
		t.Errorf("what goes on for as long as anything is known: %+v", got)
	}
	surveyed = append(surveyed, trailCall(60, "dynamodb", "UpdateTable", "{}"))
	if got := Triage(surveyed); len(got) != 1 || got[0].Effect != Surveyed {
		t.Errorf("surveyed: %+v", got)
	}
	for i := range surveyed {
		surveyed[i].UserAgent = "Mozilla/5.0"
	}
	if got := Triage(surveyed); len(got) != 0 {
		t.Errorf("somebody looks at the console: %+v", got)
	}
}

func TestWhatWeighs(t *testing.T) {
	opens := `{"groupId":"sg-1","ipPermissions":{"items":[{"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}`
	open := trailCall(0, "ec2", "AuthorizeSecurityGroupIngress", opens)
	plain := Triage([]app.TrailEvent{open})[0]

	undone := Triage([]app.TrailEvent{open, trailCall(12, "ec2", "RevokeSecurityGroupIngress", opens)})[0]
	if undone.Open() != 12*time.Minute || undone.Weight >= plain.Weight {
		t.Errorf("undone: %+v", undone)
	}
	failed := open
	failed.ErrorCode = "Client.UnauthorizedOperation"
	if f := Triage([]app.TrailEvent{failed})[0]; !f.Failed || f.Weight != plain.Weight-failedNotch {
		t.Errorf("failed: %+v", f)
	}
	tool := open
	tool.UserAgent = "APN/1.0 HashiCorp/1.0 Terraform/1.1.2"
	if f := Triage([]app.TrailEvent{tool})[0]; !f.Routine || f.Weight != plain.Weight-routineNotch {
		t.Errorf("by a tool: %+v", f)
	}
	earlier := trailCall(-800, "dynamodb", "UpdateTable", "{}")
	if f := Triage([]app.TrailEvent{earlier, open})[0]; !f.First || f.Weight != plain.Weight+firstNotch {
		t.Errorf("for the first time: %+v", f)
	}
	key := `{"userName":"eve"}`
	gone := `{"accessKeyId":"AKIA","userName":"eve"}`
	keys := Triage([]app.TrailEvent{trailCall(0, "iam", "CreateAccessKey", key),
		trailCall(5, "iam", "DeleteAccessKey", gone)})
	if len(keys) != 1 || keys[0].Open() != 5*time.Minute {
		t.Errorf("a key that was deleted: %+v", keys)
	}
}

func TestTriageOfAnyOrder(t *testing.T) {
	events := []app.TrailEvent{
		trailCall(1, "cloudtrail", "StopLogging", `{"name":"main"}`),
		trailCall(2, "iam", "CreateAccessKey", `{"userName":"eve"}`),
		trailCall(3, "iam", "CreateUser", `{"userName":"eve"}`),
		trailCall(90, "iam", "CreateUser", `{"userName":"mallory"}`),
		trailCall(4, "dynamodb", "UpdateTable", `{"tableName":"orders"}`),
	}
	for i := range 6 {
		events = append(events, secretRead(float64(20+i), fmt.Sprint(i)))
	}
	want := fmt.Sprintf("%+v", Triage(events))
	rapid.Check(t, func(t *rapid.T) {
		mixed := rapid.Permutation(events).Draw(t, "order")
		if got := fmt.Sprintf("%+v", Triage(mixed)); got != want {
			t.Fatalf("another order, another triage:\n%s\n%s", got, want)
		}
	})
}

// FuzzTriage asks that no record breaks it.
func FuzzTriage(f *testing.F) {
	for _, record := range []string{`null`, `{"createVolumePermission":[1]}`, `{"names":[1,null],"days":"x"}`, `[`} {
		f.Add("ModifySnapshotAttribute", "ec2", record)
		f.Add("GetParameters", "ssm", record)
	}
	f.Fuzz(func(t *testing.T, name, source, request string) {
		e := trailCall(0, source, name, request)
		read := e
		read.ReadOnly = true
		Triage([]app.TrailEvent{e, read, e, read, read, read})
	})
}

// BenchmarkTriage ranks 100,000 events in the order of the cache. Budget: 200 ms.
func BenchmarkTriage(b *testing.B) {
	events := []app.TrailEvent{trailCall(-1, "cloudtrail", "StopLogging", `{"name":"main"}`)}
	for i := range 100_000 {
		e := trailCall(float64(i)/60, "dynamodb", "DescribeTable", `{"tableName":"orders"}`)
		e.ReadOnly = i%10 != 0
		e.Principal.User = fmt.Sprint("user-", i%50)
		events = append(events, e)
	}
	for b.Loop() {
		if len(Triage(events)) != 1 {
			b.Fatal("the one that matters was not found")
		}
	}
}
