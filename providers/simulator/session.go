package simulator

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// session is what a token that the simulator gave out stands for. The token holds all of it, so that nothing has to be
// remembered; nobody signs it, because nothing here is worth forging.
type session struct {
	Kind    sessionKind `json:"kind"`
	Account string      `json:"account,omitempty"`
	Role    string      `json:"role,omitempty"`
	Name    string      `json:"name,omitempty"` // of the session, or of the SSO session's client
	MFA     bool        `json:"mfa,omitempty"`
	Issued  int64       `json:"issued"` // Unix nanoseconds of this machine's clock, whatever time is simulated
	Expires int64       `json:"expires"`
}

type sessionKind string

const (
	roleSession   sessionKind = "role"    // credentials of an assumed role
	userSession   sessionKind = "user"    // of GetSessionToken
	signedIn      sessionKind = "sso"     // the access token of IAM Identity Center
	refreshToken  sessionKind = "refresh" // what a new access token is given for
	sessionPrefix             = "sim."
)

// How long sessions last unless the options say otherwise: the defaults of AssumeRole and of IAM Identity Center.
const (
	roleLife   = time.Hour
	signInLife = 8 * time.Hour
)

// issue returns the token of a session that begins now.
func (s *Server) issue(of session, life time.Duration) (token string, expires time.Time) {
	if s.sessionLife > 0 {
		life = s.sessionLife
	}
	now := time.Now()
	expires = now.Add(life).Truncate(time.Second)
	of.Issued, of.Expires = now.UnixNano(), expires.UnixNano()
	text, _ := json.Marshal(of) // it has nothing that could not be encoded
	return sessionPrefix + base64.RawURLEncoding.EncodeToString(text), expires
}

// session reads a token. ok is false for those that the simulator did not give out.
func (s *Server) session(token string) (of session, ok bool) {
	text, ok := strings.CutPrefix(token, sessionPrefix)
	if !ok {
		return session{}, false
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &of) != nil {
		return session{}, false
	}
	return of, true
}

// over reports whether a session has ended: by time, or because all were ended (ExpireSessions).
func (s *Server) over(of session) bool {
	return time.Now().UnixNano() >= of.Expires || of.Issued <= s.endedBefore.Load()
}

// ExpireSessions ends every session that was given out so far.
func (s *Server) ExpireSessions() { s.endedBefore.Store(time.Now().UnixNano()) }

// arn is who acts in a session, as STS tells.
func (of session) arn() string {
	if of.Role == "" {
		return principal(of.Account)
	}
	return fmt.Sprintf("arn:aws:sts::%s:assumed-role/%s/%s", of.Account, of.Role, of.Name)
}

// key is the access key of temporary credentials; its end says the account, as of all keys.
func (s *Server) key(account string) string {
	return fmt.Sprintf("ASIA%08X%s", uint32(mix(s.world.Seed, s.requests.Add(1))), account)
}
