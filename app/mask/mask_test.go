package mask

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

const (
	sessionTokenText = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDexample0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ=="
	jwtText          = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)

// stars returns n asterisks.
func stars(n int) string { return strings.Repeat("*", n) }

// secrets are texts and what is left of them.
var secrets = []struct{ text, want string }{
	// Access keys, and what stands beside them.
	{"key AKIAIOSFODNN7EXAMPLE used", "key AKIA************MPLE used"},
	{`{"accessKeyId":"ASIAIOSFODNN7EXAMPLE"}`, `{"accessKeyId":"ASIA************MPLE"}`},
	{"AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY,x", "AKIA************MPLE," + stars(40) + ",x"},
	{"AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AKIA************MPLE " + stars(40)},
	{"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = " + stars(40)},
	{"AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY make",
		"AWS_SECRET_ACCESS_KEY=" + stars(40) + " make"},
	{"Secret access key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "Secret access key: " + stars(40)},
	{"got " + sessionTokenText + " back", "got IQoJ" + stars(len(sessionTokenText)-4) + " back"},
	{`"sessionToken": "abc"`, `"sessionToken": "***"`},
	{"https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260503%2Feu-west-1&X-Amz-Signature=" +
		strings.Repeat("0a", 32) + "&X-Amz-Expires=60",
		"https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA************MPLE%2F20260503%2Feu-west-1&X-Amz-Signature=" +
			stars(64) + "&X-Amz-Expires=60"},

	// Tokens and headers.
	{"Authorization: Bearer abc123def456 next", "Authorization: Bearer ************ next"},
	{"authorization: Basic YWRtaW46aHVudGVyMg==", "authorization: Basic " + stars(20)},
	{`{"Authorization":"Bearer abc def","a":1}`, `{"Authorization":"Bearer *******","a":1}`},
	{`{"headers":{"Authorization":["Bearer abcdefg","x y"],"b":[1]}}`,
		`{"headers":{"Authorization":["Bearer *******","x y"],"b":[1]}}`},
	{"sent bearer 0123456789abcdef.ghi", "sent bearer " + stars(20)},
	{"Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260503/eu-west-1/s3/aws4_request, " +
		"SignedHeaders=host, Signature=" + strings.Repeat("0a", 32),
		"Authorization: AWS4-HMAC-SHA256 " + stars(66) + ", SignedHeaders=host, Signature=" + stars(64)},
	{"token " + jwtText + ".", "token eyJ" + stars(17) + "." + stars(18) + "." + stars(43) + "."},
	{`{"id":"` + jwtText + `"}`, `{"id":"eyJ` + stars(17) + "." + stars(18) + "." + stars(43) + `"}`},
	{"Cookie: session=abc; theme=dark\nHost: x", "Cookie: " + stars(23) + "\nHost: x"},
	{`"x-api-key": "abc-def"`, `"x-api-key": "*******"`},
	{"token: 0123abcd", "token: ********"},

	// Passwords.
	{`{"user":"ann","password":"hunter2"}`, `{"user":"ann","password":"*******"}`},
	{`{"password":"a\"b\\","x":"y"}`, `{"password":"******","x":"y"}`},
	{`{"password":12345,"a":1}`, `{"password":"*****","a":1}`},
	{`{"dbPassword" : "größe"}`, `{"dbPassword" : "*****"}`},
	{`{"body":"{\"password\":\"hunter2\",\"pin\":\"1\"}"}`, `{"body":"{\"password\":\"*******\",\"pin\":\"1\"}"}`},
	{`{"body":"{\"password\":\"a\\\"b\",\"x\":\"1\"}"}`, `{"body":"{\"password\":\"******\",\"x\":\"1\"}"}`},
	{`{"body":"{\"password\":42,\"x\":1}"}`, `{"body":"{\"password\":\"**\",\"x\":1}"}`},
	{`{"m":"{\"b\":\"{\\\"secret\\\":\\\"abc\\\"}\"}"}`, `{"m":"{\"b\":\"{\\\"secret\\\":\\\"***\\\"}\"}"}`},
	{"user=ann password=hunter2 ok=1", "user=ann password=******* ok=1"},
	{"user=ann,password=hunter2,ok=1", "user=ann,password=*******,ok=1"},
	{"password=a,b", "password=***"},
	{"Server=db;Password=hunter2;Port=1", "Server=db;Password=*******;Port=1"},
	{"DB_PASSWORD: 'hunter 2' # x", "DB_PASSWORD: '********' # x"},
	{"{'password': 'hunter2', 'a': 1}", "{'password': '*******', 'a': 1}"},
	{"map[password:hunter2 user:ann]", "map[password:******* user:ann]"},
	{":password => \"hunter2\"", ":password => \"*******\""},
	{"GET /login?user=a&password=hunter2&next=/", "GET /login?user=a&password=*******&next=/"},
	{`{"url":"/login?password=hunter2\u0026next=1"}`, `{"url":"/login?password=*******\u0026next=1"}`},
	{`{"m":"password=hunter2\nnext line"}`, `{"m":"password=*******\nnext line"}`},
	{`{"m":"set password='hunter2"}`, `{"m":"set password='*******"}`},
	{"mysql --user root --password hunter2 shop", "mysql --user root --password ******* shop"},
	{"run --api-key=abc --x", "run --api-key=*** --x"},
	{"<wsse:Password>hunter2</wsse:Password>", "<wsse:Password>*******</wsse:Password>"},
	{`{"environment":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"STAGE","value":"prod"}]}`,
		`{"environment":[{"name":"DB_PASSWORD","value":"*******"},{"name":"STAGE","value":"prod"}]}`},
	{"user=ann pass=hunter2", "user=ann pass=*******"},
	{`{"cvv":123,"pass":"x"}`, `{"cvv":"***","pass":"*"}`},
	{`"secret":"abc`, `"secret":"***`}, // cut off

	// Passwords in URLs.
	{"postgres://shop:hunter2@db:5432/orders", "postgres://shop:*******@db:5432/orders"},
	{"redis://:p@ss@cache/0", "redis://:****@cache/0"},
	{`{"u":"https:\/\/ann:hunter2@x\/y"}`, `{"u":"https:\/\/ann:*******@x\/y"}`},
	{"https://0123456789abcdef0123@github.com/a", "https://" + stars(20) + "@github.com/a"},

	// Cards.
	{"paid:4111111111111111", "paid:************1111"},
	{"paid with 4111111111111111.", "paid with ************1111."},
	{"4111 1111 1111 1111", "**** **** **** 1111"},
	{"5500-0000-0000-0004 declined", "****-****-****-0004 declined"},
	{"3782 822463 10005", "**** ****** *0005"},
	{`{"pan":4111111111111111,"x":1}`, `{"pan":"************1111","x":1}`},
	{`{"pan":"4111111111111111"}`, `{"pan":"************1111"}`},
	{`{"m":"card 4111111111111111, declined"}`, `{"m":"card ************1111, declined"}`},

	// In URL encoding, in signed URLs, and as curl has it.
	{"next=%2Flogin%3Fpassword%3Dhunter2%26user%3Dada", "next=%2Flogin%3Fpassword%3D*******%26user%3Dada"},
	{"redirect=%253Fpassword%253Dhunter2%2526user%253Dada", "redirect=%253Fpassword%253D*******%2526user%253Dada"},
	{"body=%7B%22user%22%3A%22ada%22%2C%22password%22%3A%22hunter2%22%7D",
		"body=%7B%22user%22%3A%22ada%22%2C%22password%22%3A%22*******%22%7D"},
	{"?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=1",
		"?AWSAccessKeyId=AKIA************MPLE&Signature=" + stars(32) + "&Expires=1"},
	{"https://d.cloudfront.net/x?Expires=1&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5Ew-RunQA&Key-Pair-Id=K2JC",
		"https://d.cloudfront.net/x?Expires=1&Signature=" + stars(36) + "&Key-Pair-Id=K2JC"},
	{`{"u":"https://x/c?sv=1\u0026sig=Z%2FRHIX5Xcg0Mq2rqI3OlWTjEg2tYkbo%3D\u0026se=1"}`,
		`{"u":"https://x/c?sv=1\u0026sig=` + stars(36) + `\u0026se=1"}`},
	{"+ curl -s -u ada:hunter2 https://x", "+ curl -s -u ada:******* https://x"},
	{"curl -u 'ada:hunter 2' x", "curl -u 'ada:********' x"},
	{`{"m":"curl -u \"ada:hunter2\" x"}`, `{"m":"curl -u \"ada:*******\" x"}`},
	{"curl -U proxy:hunter2 x", "curl -U proxy:******* x"},
	{"DB_PASS=hunter2 SMTP-PASS: hunter2abc", "DB_PASS=******* SMTP-PASS: **********"},
	{`{"dbPass":"hunter2","MYSQL_ROOT_PASS":"x"}`, `{"dbPass":"*******","MYSQL_ROOT_PASS":"*"}`},

	// Webhooks.
	{"POST https://hooks.slack.com/services/T00000000/B00000000/0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op 200",
		"POST https://hooks.slack.com/services/*********/*********/" + stars(24) + " 200"},
	{`{"u":"https://discord.com/api/webhooks/123456789012345678/Ab-Cd_Ef"}`,
		`{"u":"https://discord.com/api/webhooks/` + stars(18) + `/********"}`},

	// Where a text ends that is quoted within another, and what only looks like a key.
	{`"\"secret\":\"abc\\\\"`, `"\"secret\":\"*******"`},
	{`{"password":[{"Authorization":"password\"=[","password":""}]}`,
		`{"password":[{"Authorization":"password\"=[","password":""}]}`},
	{`{"u":"?k=AKIAIOSFODNN7EXAMPLE\u0026Expires=1aaaaa-Ab1Cd2Ef3Gh4Ij5Kl6Mn"}`,
		`{"u":"?k=AKIA************MPLE\u0026Expires=1aaaaa-Ab1Cd2Ef3Gh4Ij5Kl6Mn"}`},
	{`token=password=password{"a":1}`, "token=" + stars(18) + `"a":1}`},

	// Private keys.
	{"-----BEGIN RSA PRIVATE KEY-----\nMIIE/w==\nabc+\n-----END RSA PRIVATE KEY-----\nafter",
		"-----BEGIN RSA PRIVATE KEY-----\n********\n****\n-----END RSA PRIVATE KEY-----\nafter"},
	{`{"k":"-----BEGIN PRIVATE KEY-----\nMIIE\nn0\n-----END PRIVATE KEY-----\n"}`,
		`{"k":"-----BEGIN PRIVATE KEY-----\n****\n**\n-----END PRIVATE KEY-----\n"}`},
	{"-----BEGIN EC PRIVATE KEY-----\nMIIE", "-----BEGIN EC PRIVATE KEY-----\n****"},
}

func TestSecretsAreMasked(t *testing.T) {
	for _, test := range secrets {
		got := Mask{}.Text(test.text)
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.text, got, test.want)
		}
		if again := (Mask{}).Text(got); again != got {
			t.Errorf("%s is masked again: %s", got, again)
		}
		if json.Valid([]byte(test.text)) && !json.Valid([]byte(got)) {
			t.Errorf("%s is no JSON any more", got)
		}
		if off := New(app.Masking{Off: true}).Text(test.text); off != test.text {
			t.Errorf("%s is masked, though masking is off", test.text)
		}
	}
}

// What helps to find the cause of trouble is no secret.
func TestEvidenceStays(t *testing.T) {
	for _, text := range []string{
		"", "plain words", "größe 日本 \xff\xfe",
		"1-5fad4cc9-70259536495de84a2a6282cd",
		"Root=1-5fad4cc9-70259536495de84a2a6282cd;Parent=70de5b6f19ff9a0a;Sampled=1",
		"5759e988bd862e3fe1be46a994272793", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
		"START RequestId: 8f3c2b1a-4d5e-4f60-9a7b-1c2d3e4f5a6b Version: $LATEST",
		`{"requestId":"8f3c2b1a-4d5e-4f60-9a7b-1c2d3e4f5a6b","trace_id":"1-5fad4cc9-70259536495de84a2a6282cd",` +
			`"level":"INFO"}`,
		"41111111-1111-4111-8111-111111111111", "4111-1111-1111-1111-1", "b-4111-1111-1111-1111",
		"arn:aws:iam::111122223333:role/deploy", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
		`{"secret":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf"}`,
		"account 111122223333 in eu-west-1", "AIDAJ45Q7YFFAREXAMPLE AROADBQP57FF2AEXAMPLE",
		"at 1772452800000 or 1772452800000123 or 1772452800000123456 ns",
		`{"timestamp":1772452800000,"ingestionTime":1772452800123}`,
		"2026-05-03T14:00:00.123Z took 0.4111111111111111 s", "2026-05-03 14:00:00 12 34 5678",
		"commit 356a192b7913b04c54574d18c28d46e6395428ab",
		"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"etag d41d8cd98f00b204e9800998ecf8427e", "37450293847592038475920384759203847592038475920384759203",
		`{"nextToken":"AAAABBBB1234","clientToken":"8f3c2b1a","ContinuationToken":"x1234567"}`,
		"SyntaxError: Unexpected token: { in JSON at position 0", "unexpected token < in JSON",
		"the bearer certificate has expired",
		`{"total_tokens":512,"tokenCount":3,"max_tokens":"4096"}`,
		`WWW-Authenticate: Bearer realm="api", error="invalid_token"`,
		`{"passwordLastUsed":"2026-05-03","PasswordResetRequired":true,"hasPassword":true}`,
		`{"password":null,"token":""}`,
		"password=${DB_PASSWORD} secret={{resolve:secretsmanager:x}}", "if password == want {", "token != nil",
		"https://example.com:8443/a@b?c=d:e", "ssh://git@github.com/a/b", "http://[::1]:8080/",
		"mail ann@example.com: hello",
		"order 4111111111111112", `{"pass":12,"fail":3}`, "pass: 12 fail: 3", "pass=12", "span_id=5718102033693041 x",
		`{"spanId":"5718102033693041"}`, `{"id": 5718102033693041}`, `{\"span-id\":\"5718102033693041\"}`,
		"token=Token{a64f992 ActivityRecord{3b04890 u0}}", "akka.tcp://sparkExecutorActorSystem@mesos-slave-07:55904",
		"4111111111111111abc", "x4111111111111111", `{"key":"orders/2026/05/03.json","name":"checkout"}`,
		"https://example.com/?sig=short&signature=none", "signature=verified by the sender of this message",
		"x%3D1%26y%3D2", "time%3A12", "password%3D%26x",
		"docker run -u 1000:1000 img", "curl -u ada https://x", "mysql -u root -p shop", "git@github.com:a/b",
		"bypass=fast compass=north checks_pass=12", `{"tests_pass":12}`,
		"risk-analysis-of-0123456789-things-in-the-shop", "sk-learn is a library", "pk_live_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op",
		"ghp_short", "my_npm_package_with_a_rather_long_name_of_forty",
		"npm_config_registry=https://x", "glpat-", "xoxb-is-a-prefix-of-slack", "AIzaShort",
		"task-0ab1cd2ef3gh4ij5kl6mn7op8qr9st0uv1wx2yz3", "hooks.slack.com/services",
		"-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "----------------------",
		"--password-file /run/x",
		`{"name":"STAGE","value":"prod"}`, `{"key":"value"}`, "eyJhIjoxfQ", "eyJ.a.b", "AKIA", "AKIAIOSFODNN7EXAMPLEX",
		"xAKIAIOSFODNN7EXAMPLE",
		"REPORT RequestId: 8f3c2b1a-4d5e-4f60-9a7b-1c2d3e4f5a6b\tDuration: 102.25 ms\tBilled Duration: 103 " +
			"ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB",
		`10.0.1.7 - - [03/May/2026:14:00:00 +0000] "GET /orders/4711 HTTP/1.1" 200 612 "-" "Mozilla/5.0 (X11; Linux ` +
			`x86_64)"`,
	} {
		if got := (Mask{}).Text(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestRulesCanBeLeftOut(t *testing.T) {
	text := map[string]string{
		"aws-key": "AKIAIOSFODNN7EXAMPLE", "bearer": "Bearer abc123def456", "jwt": jwtText, "url-password": "a://b:c@d",
		"password": "password=x", "card": "4111111111111111",
		"private-key":  "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
		"vendor-token": formats[0].example,
	}
	for _, name := range Rules() {
		for of, secret := range text {
			masked := New(app.Masking{Skip: []string{name}}).Text(secret) != secret
			if masked == (of == name) {
				t.Errorf("without %s, a secret of %s is masked: %v", name, of, masked)
			}
		}
	}
	if len(text) != len(Rules()) {
		t.Errorf("%d rules are tried, and there are %d", len(text), len(Rules()))
	}
}

func TestNamed(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"db_password", "hunter2", "*******"}, {"customer", "c-1931", "c-1931"}, {"note", "password=x", "password=*"},
		{"Authorization", "Bearer abc", "Bearer ***"}, {"nextToken", "abc", "abc"}, {"apiKey", "", ""},
		{"x", "AKIAIOSFODNN7EXAMPLE", "AKIA************MPLE"},
	} {
		if got := (Mask{}).Named(test.name, test.value); got != test.want {
			t.Errorf("%s: %s is %s, want %s", test.name, test.value, got, test.want)
		}
	}
}

// pieces are what texts are made of: secrets, their names, and what separates them, in places where they do not belong.
func pieces() []string {
	all := []string{"password", "token", "next", "Authorization", "name", "value", "cvv", "=", ":", ": ", " ", ",", ";",
		"\"", "'", `\"`, `\\`, `\n`, "\n", "{", "}", "[", "]",
		"<", ">", "://", "@", "/", "-", "--", "Bearer ", "AKIA", "IOSFODNN7EXAMPLE", "4242", "4111111111111111",
		"eyJhbGciOiJI", ".", "*", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "ö"}
	for _, s := range secrets {
		all = append(all, s.text)
	}
	for _, f := range formats {
		all = append(all, f.prefix, f.example)
	}
	return append(all, "%3D", "%22", "%26", "%25", "curl -u ", "&sig=", "?")
}

func TestMaskingTwiceIsMaskingOnce(t *testing.T) {
	all := pieces()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 0, 12).Draw(t, "pieces"), "")
		once := Mask{}.Text(text)
		if twice := (Mask{}).Text(once); twice != once {
			t.Fatalf("%q became %q and then %q", text, once, twice)
		}
	})
}

// document draws JSON with secrets in it, and among them documents as strings of documents.
func document(t *rapid.T, depth int) any {
	switch n := rapid.IntRange(0, 5).Draw(t, "kind"); {
	case n == 0 && depth > 0:
		inner, _ := json.Marshal(document(t, depth-1))
		return string(inner)
	case n <= 2 && depth > 0:
		m := map[string]any{}
		for range rapid.IntRange(0, 4).Draw(t, "fields") {
			m[rapid.SampledFrom([]string{"password", "apiKey", "Authorization", "a", "name", "value", "token\"", "pan",
				"cvv"}).Draw(t, "name")] = document(t, depth-1)
		}
		return m
	case n == 3 && depth > 0:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, document(t, depth-1))
		}
		return list
	case n == 4:
		return rapid.SampledFrom([]any{nil, true, 12345, 4111111111111111, -1.5e9, "4111111111111111"}).Draw(t, "value")
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 5).Draw(t, "text"), "")
}

func TestJSONStaysJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(rapid.Bool().Draw(t, "as Go escapes"))
		if err := e.Encode(document(t, 4)); err != nil {
			t.Fatal(err)
		}
		masked := Mask{}.JSON(text.Bytes())
		if !json.Valid(masked) {
			t.Fatalf("%s became %s", &text, masked)
		}
		if again := (Mask{}).JSON(masked); string(again) != string(masked) {
			t.Fatalf("%s became %s and then %s", &text, masked, again)
		}
	})
}

// A value behind a telling name never comes out, whatever it is.
func TestPasswordsNeverComeOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[a-zA-Z0-9!#%+./:?@^_~-]{6,24}`).Draw(t, "secret")
		quoted, _ := json.Marshal(map[string]string{"password": secret})
		twice, _ := json.Marshal(map[string]string{"body": string(quoted)})
		for _, text := range []string{string(quoted), string(twice), "password=" + secret + " user=ann",
			"--password " + secret, "Password: " + secret + "\n",
			"pwd='" + secret + "'", "x?client_secret=" + secret + "&y=z"} {
			if strings.HasPrefix(secret, "arn:") || strings.HasPrefix(secret, "-") {
				t.Skip()
			}
			if got := (Mask{}).Text(text); strings.Contains(got, secret) {
				t.Fatalf("%s became %s", text, got)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range secrets {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Mask{}.Text(text)
		if twice := (Mask{}).Text(once); twice != once {
			t.Errorf("%q became %q and then %q", text, once, twice)
		}
		if json.Valid([]byte(text)) && !json.Valid([]byte(once)) {
			t.Errorf("%q became %q, which is no JSON", text, once)
		}
	})
}

// lines returns about a megabyte of log lines without a secret, as applications on AWS write them.
func lines() []string {
	d := rand.New(rand.NewPCG(1, 2))
	id := func() string {
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", d.Uint32(), d.Uint32()&0xffff, d.Uint32()&0xfff,
			d.Uint32()&0xfff, d.Uint64()&0xffffffffffff)
	}
	var all []string
	for i := range 4000 {
		all = append(all, []string{
			fmt.Sprintf(`{"timestamp":"2026-05-03T14:%02d:%02d.%03dZ","level":"INFO","service":"checkout",`+
				`"requestId":"%s","xray_trace_id":"1-%08x-%024x","message":"order `+
				`accepted","order_id":%d,"customer":"c-%d","duration_ms":%d,"status":200,"table":"orders"}`, i%60, i%60,
				i%1000, id(), d.Uint32(), d.Uint64(), d.IntN(1e9), d.IntN(9999), d.IntN(500)),
			fmt.Sprintf("REPORT RequestId: %s\tDuration: %d.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\tMax "+
				"Memory Used: 64 MB\t", id(), d.IntN(500)),
			fmt.Sprintf("10.0.%d.%d - - [03/May/2026:14:%02d:00 +0000] \"GET /api/v1/orders/%d?page=2&sort=asc "+
				"HTTP/1.1\" 200 %d \"https://shop.example/cart\" "+
				"\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"",
				d.IntN(256), d.IntN(256), i%60, d.IntN(1e6), d.IntN(9999)),
			fmt.Sprintf("2026-05-03 14:%02d:00.123 INFO  [http-nio-8080-exec-%d] c.e.shop.OrderService - Reserved %d "+
				"items of sku=%d for cart=%s in warehouse eu-west-1b", i%60, i%9, d.IntN(9), d.IntN(1e6), id()),
		}[i%4])
	}
	return all
}

func TestTheLinesOfTheBenchmarkTellNothing(t *testing.T) {
	for _, line := range lines() {
		if got := (Mask{}).Text(line); got != line {
			t.Fatalf("%s became %s", line, got)
		}
	}
}

// Budget: 150 MB/s on lines without a secret: a pull keeps 60,000 events of 250 bytes a second with everything
// included.
func BenchmarkText(b *testing.B) {
	all := lines()
	b.SetBytes(int64(len(strings.Join(all, ""))))
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range all {
			Mask{}.Text(line)
		}
	}
}

// Budget: 20 MB/s on the worst text of each kind, a megabyte long: time grows with the length and not faster.
func BenchmarkWorst(b *testing.B) {
	for name, piece := range map[string]string{"digits": "4242 ", "many digits": "4", "dashes": "-",
		"quotes": `password="`, "escapes": `\`, "names": "password ", "separators": "password=,",
		"keys": "AKIAIOSFODNN7EXAMPLE ", "begin": "-----BEGIN PRIVATE KEY-----", "urls": "a://b", "bearer": "bearer ",
		"pairs": `"name":"password",`, "escaped": `\"password\":\"`, "lists": `"password":["a",`, "JWTs": "eyJ-",
		"key path": "AKIAIOSFODNN7EXAMPLE/", "placeholders": "password=${", "signatures": "signature=", "flags": "--a-",
		"tags":    "<a-",
		"vendors": "sk-", "vendor's names": "ghp_", "encoded": "password%3D", "encoded twice": "password%253D",
		"curl": "curl -u ", "curl's quotes": ` -u'a`, "webhooks": "https://hooks.slack.com/services/",
		"signed": "?signature=a"} {
		text := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Mask{}.Text(text)
			}
		})
	}
}

func TestRulesAreNamed(t *testing.T) {
	if slices.Contains(Rules(), "") || len(slices.Compact(slices.Sorted(slices.Values(Rules())))) != int(rules) {
		t.Error(Rules())
	}
}
