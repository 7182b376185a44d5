package app

// Profile is a way to reach AWS that the configuration of this machine names. It has no secrets.
type Profile struct {
	Name   string // "": the default credential chain
	Region string // "": it names none
	Method Method
	// Of is what the method works with: the role's ARN, the name of the SSO session, or the profile of which a role is
	// assumed; "" where there is nothing to tell.
	Of string
	// Session is the SSO session that the profile needs, its own or that of a profile it starts from; nil: none.
	Session *SSOSession
	MFA     string // serial number or ARN of the device whose code it asks for; "": none
	Problem error  // why the configuration leads to no credentials; nil: nothing is wrong with it
}

// SSOSession is a sign-in at IAM Identity Center, which several profiles may share.
type SSOSession struct {
	Name     string // "" in the older form, where a profile has the start URL itself
	StartURL string
	Region   string // of IAM Identity Center
}

// Method says how a profile gets its credentials (AWS SDKs and Tools Reference Guide, "Standardized credential
// providers").
type Method string

// The methods.
const (
	AccessKeys     Method = "access keys"
	IdentityCenter Method = "IAM Identity Center"
	AssumedRole    Method = "assumed role"
	WebIdentity    Method = "web identity"
	LoginSession   Method = "aws login"
	Process        Method = "credential process"
	SystemKeyring  Method = "system keyring" // keys that a person has entered into this program
	OtherSource    Method = "default chain"  // container, instance, or nothing at all
)

// AWSConfiguration is what the AWS configuration of this machine has to offer.
type AWSConfiguration struct {
	Profiles    []Profile // by name; the default chain is first where the environment has keys
	Files       []string  // that were looked for, whether or not they are there
	Environment AWSEnvironment
}

// AWSEnvironment is what the environment of this process sets for AWS, as far as it takes the place of what files say.
type AWSEnvironment struct {
	Profile string // AWS_PROFILE
	Region  string // AWS_REGION, else AWS_DEFAULT_REGION
	Keys    bool   // AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
}

// RegionUse is how much is measured in a Region: what its account uses reports metrics there.
type RegionUse struct {
	Region  string
	Metrics int   // that had data in the last two weeks, of services in use: at most a page of 500
	Problem error // why AWS did not tell; nil: it did
}

// DeviceCode is what a person compares in the browser to allow a sign-in at IAM Identity Center.
type DeviceCode struct {
	Code string // ABCD-EFGH
	Page string // address of the page, which has the code already
}

// MFARequest asks a person for a code of an MFA device.
type MFARequest struct {
	Profile string // "": the default credential chain
	Device  string // serial number or ARN
	Refused bool   // AWS has refused the code before: it was wrong, or used already
}
