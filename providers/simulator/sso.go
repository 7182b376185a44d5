package simulator

import (
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// ssoRoles are the permission sets that everybody has in every account of the world.
var ssoRoles = []string{"ReadOnly", "Operations"}

// oidcService is the part of IAM Identity Center that signs people in (IAM Identity Center OIDC API Reference). Its
// calls are not signed.
func oidcService() *service {
	bad := func(code string) refusal { return refusal{status: 400, code: code} }
	return &service{
		prefix: "sso-oauth", signing: "sso-oauth", wire: restWire{}, open: true,

		throttled:   bad("SlowDownException"),
		denied:      bad("AccessDeniedException"),
		expired:     bad("ExpiredTokenException"),
		unsigned:    bad("UnauthorizedClientException"),
		badlySigned: bad("UnauthorizedClientException"),
		broken:      refusal{status: 500, code: "InternalServerException", outcome: outcomeFailed},
		unknown:     bad("InvalidRequestException"),
		unreadable:  bad("InvalidRequestException"),
		invalid:     bad("InvalidRequestException"),

		operations: []operation{
			{name: "RegisterClient", path: "/client/register", answer: registerClient, signIn: true},
			{name: "StartDeviceAuthorization", path: "/device_authorization", answer: startDevice, signIn: true},
			{name: "CreateToken", path: "/token", answer: createToken, signIn: true},
		},
	}
}

// portalService is the part of IAM Identity Center that gives credentials to who is signed in (IAM Identity Center
// Portal API Reference). The access token is the only proof.
func portalService() *service {
	return &service{
		prefix: "sso", signing: "awsssoportal", wire: restWire{}, open: true,

		throttled:   refusal{status: 429, code: "TooManyRequestsException", outcome: outcomeThrottled},
		denied:      refusal{status: 403, code: "ForbiddenException", outcome: outcomeDenied},
		expired:     refusal{status: 401, code: "UnauthorizedException", outcome: outcomeExpired},
		unsigned:    refusal{status: 401, code: "UnauthorizedException", outcome: outcomeExpired},
		badlySigned: refusal{status: 401, code: "UnauthorizedException", outcome: outcomeExpired},
		broken:      refusal{status: 500, code: "InternalServerException", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "InvalidRequestException"},
		unreadable:  refusal{status: 400, code: "InvalidRequestException"},
		invalid:     refusal{status: 400, code: "InvalidRequestException"},

		operations: []operation{
			{name: "GetRoleCredentials", path: "/federation/credentials", answer: roleCredentials, signIn: true},
			{name: "ListAccounts", path: "/assignment/accounts", answer: listAccounts, signIn: true},
			{name: "ListAccountRoles", path: "/assignment/roles", answer: listRoles, signIn: true},
		},
	}
}

// device is a sign-in that a person has yet to allow.
type device struct {
	user    string // the code that a person reads
	allowed bool
	expires time.Time
}

// devices are the sign-ins that are on their way, by device code.
type devices struct {
	mu   sync.Mutex
	open map[string]*device
}

// deviceLife is how long a person has for a sign-in, and mostDevices how many may wait for one.
const (
	deviceLife  = 10 * time.Minute
	mostDevices = 1000
)

func (d *devices) add(code, user string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil || len(d.open) >= mostDevices {
		d.open = map[string]*device{}
	}
	d.open[code] = &device{user: user, expires: time.Now().Add(deviceLife)}
}

// allow lets the sign-in with that user code go on, and reports whether there is one.
func (d *devices) allow(user string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, at := range d.open {
		if at.user == user {
			at.allowed = true
			return true
		}
	}
	return false
}

// take returns how it stands with a sign-in; one that is allowed is used up.
func (d *devices) take(code string) (found, allowed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.open[code]
	if at == nil || time.Now().After(at.expires) {
		return false, false
	}
	if at.allowed {
		delete(d.open, code)
	}
	return true, at.allowed
}

// devicePath is the page on which a person allows a sign-in. Opening it with the code is enough.
const devicePath = controlPath + "device"

func (s *Server) allowDevice(w http.ResponseWriter, r *http.Request) {
	code := strings.ToUpper(r.URL.Query().Get("user_code"))
	if !s.devices.allow(code) {
		http.Error(w, "No sign-in waits with the code "+code+".", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html><title>Signed in</title><p>The sign-in with the code %s is allowed. "+
		"You can close this page.", html.EscapeString(code))
}

type registration struct {
	ClientID              string `json:"clientId"`
	ClientSecret          string `json:"clientSecret"`
	ClientIDIssuedAt      int64  `json:"clientIdIssuedAt"`
	ClientSecretExpiresAt int64  `json:"clientSecretExpiresAt"`
}

func registerClient(c *call) (any, error) {
	var in struct{ ClientName, ClientType string }
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if in.ClientName == "" || in.ClientType != "public" {
		return nil, c.service.invalid.because("A client has a name, and the type public.")
	}
	now, id := time.Now(), c.server.requestID()
	return registration{"client-" + id, "client-secret-" + id, now.Unix(), now.Add(90 * 24 * time.Hour).Unix()}, nil
}

type authorization struct {
	DeviceCode              string `json:"deviceCode"`
	UserCode                string `json:"userCode"`
	VerificationURI         string `json:"verificationUri"`
	VerificationURIComplete string `json:"verificationUriComplete"`
	ExpiresIn               int    `json:"expiresIn"`
	Interval                int    `json:"interval"`
}

func startDevice(c *call) (any, error) {
	var in struct{ ClientID, ClientSecret, StartURL string }
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if in.ClientID == "" || in.ClientSecret == "" || in.StartURL == "" {
		return nil, c.service.invalid.because("clientId, clientSecret and startUrl are required.")
	}
	n := mix(c.server.world.Seed, c.server.requests.Add(1))
	user := fmt.Sprintf("%04X-%04X", uint16(n>>16), uint16(n))
	code := c.server.requestID()
	c.server.devices.add(code, user)
	page := "http://" + c.host + devicePath
	return authorization{code, user, page, page + "?user_code=" + user, int(deviceLife.Seconds()), 1}, nil
}

type accessToken struct {
	AccessToken  string `json:"accessToken"`
	ExpiresIn    int    `json:"expiresIn"`
	RefreshToken string `json:"refreshToken,omitempty"`
	TokenType    string `json:"tokenType"`
}

func createToken(c *call) (any, error) {
	var in struct{ ClientID, ClientSecret, DeviceCode, GrantType, RefreshToken string }
	if err := c.read(&in); err != nil {
		return nil, err
	}
	bad := func(code string) refusal { return refusal{status: 400, code: code} }
	switch in.GrantType {
	case "urn:ietf:params:oauth:grant-type:device_code":
		found, allowed := c.server.devices.take(in.DeviceCode)
		if !found {
			return nil, bad("ExpiredTokenException").because("The device code has expired.")
		}
		if !allowed {
			return nil, bad("AuthorizationPendingException").because("The sign-in was not allowed yet.")
		}
	case "refresh_token":
		of, ok := c.server.session(in.RefreshToken)
		if !ok || of.Kind != refreshToken || c.server.over(of) {
			return nil, bad("InvalidGrantException").because("Invalid refresh token provided")
		}
	default:
		return nil, bad("UnsupportedGrantTypeException").because("%s is no grant type.", in.GrantType)
	}
	token, expires := c.server.issue(session{Kind: signedIn, Name: in.ClientID}, signInLife)
	again, _ := c.server.issue(session{Kind: refreshToken, Name: in.ClientID}, 90*24*time.Hour)
	return accessToken{token, int(time.Until(expires).Seconds()), again, "Bearer"}, nil
}

// mayUse checks the access token of a call to the portal.
func (c *call) mayUse() error {
	of, ok := c.server.session(c.bearer)
	if !ok || of.Kind != signedIn || c.server.over(of) {
		return c.service.expired.because("Session token not found or invalid")
	}
	return nil
}

type roleCredentialsAnswer struct {
	RoleCredentials struct {
		AccessKeyID     string `json:"accessKeyId"`
		SecretAccessKey string `json:"secretAccessKey"`
		SessionToken    string `json:"sessionToken"`
		Expiration      int64  `json:"expiration"` // Unix milliseconds
	} `json:"roleCredentials"`
}

func roleCredentials(c *call) (any, error) {
	if err := c.mayUse(); err != nil {
		return nil, err
	}
	account, role := c.query.Get("account_id"), c.query.Get("role_name")
	if !slices.Contains(ssoRoles, role) || !slices.Contains(c.server.accounts(), account) {
		return nil, c.service.denied.because("No access")
	}
	of := session{Kind: roleSession, Account: account, Role: "AWSReservedSSO_" + role + "_0123456789abcdef",
		Name: "ann"}
	token, expires := c.server.issue(of, roleLife)
	var out roleCredentialsAnswer
	out.RoleCredentials.AccessKeyID, out.RoleCredentials.SecretAccessKey = c.server.key(account), "simulated"
	out.RoleCredentials.SessionToken, out.RoleCredentials.Expiration = token, expires.UnixMilli()
	return out, nil
}

// listAccounts and listRoles answer all on one page.
func listAccounts(c *call) (any, error) {
	if err := c.mayUse(); err != nil {
		return nil, err
	}
	type account struct {
		AccountID    string `json:"accountId"`
		AccountName  string `json:"accountName"`
		EmailAddress string `json:"emailAddress"`
	}
	var all []account
	for _, id := range c.server.accounts() {
		all = append(all, account{id, "account " + id, id + "@example.com"})
	}
	return map[string]any{"accountList": all}, nil
}

func listRoles(c *call) (any, error) {
	if err := c.mayUse(); err != nil {
		return nil, err
	}
	type role struct {
		AccountID string `json:"accountId"`
		RoleName  string `json:"roleName"`
	}
	all := []role{}
	if id := c.query.Get("account_id"); slices.Contains(c.server.accounts(), id) {
		for _, name := range ssoRoles {
			all = append(all, role{id, name})
		}
	}
	return map[string]any{"roleList": all}, nil
}

// accounts returns the accounts of the world, each once.
func (s *Server) accounts() (all []string) {
	for _, p := range s.world.Places {
		if !slices.Contains(all, p.Scope.Account) {
			all = append(all, p.Scope.Account)
		}
	}
	return all
}
