package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// The rules of the house (ARCHITECTURE.md), held by reading the source itself.

const (
	module  = "github.com/nephograph/nephograph"
	toolkit = "fyne.io/fyne/v2"
)

// rooms says which rooms of ours each room may import, beside its own folders that have no entry; the longest match of
// a folder decides. Files of the root may import all.
var rooms = map[string][]string{
	"app":            {},
	"app/resource":   {"app"},
	"app/query":      {"app"},
	"app/query/pipe": {"app", "app/query", "app/pattern"},
	"app/pattern":    {"app"},
	"app/calltree":   {"app"},
	"app/insight":    {"app", "app/resource"},
	"app/related":    {"app", "app/resource", "app/insight", "app/pattern"},
	"app/pull":       {"app", "app/resource", "app/query"},
	"app/incident":   {"app", "app/related"},
	"assets":         {"app"},
	"cache":          {"app", "app/resource", "app/query"},
	"providers":      {"app", "app/resource", "app/query", "app/query/pipe"},

	"views": {"app", "app/resource", "app/query", "app/query/pipe", "app/pattern", "app/related", "app/insight",
		"app/pull",
		// terminal and locale
		"app/incident", "assets", "views/phrase", "views/explain", "views/export", "views/report"},
	"views/phrase":  {"app", "app/resource", "app/related", "app/insight"},
	"views/explain": {"app", "app/resource", "app/pull", "views/phrase"},
	"views/export":  {"app", "views/phrase"},
	"views/chart":   {"app"},
	"views/ui":      {"app", "app/resource", "views/chart", "views/phrase", "views/explain"},
	"views/lane": {"app", "app/resource", "app/related", "app/insight",
		"views/chart", "views/phrase", "views/explain", "views/ui"},
	"views/drawer": {"app", "app/resource", "app/related", "app/insight", "views/chart", "views/phrase",
		"views/explain",
		"views/ui"},
	"views/explore": {"app", "app/resource", "app/query", "app/related", "views/chart", "views/phrase",
		"views/explain", "views/export", "views/ui", "views/lane"},
	"views/overview":  ofSignal,
	"views/timeline":  ofSignal,
	"views/alarms":    ofSignal,
	"views/logs":      ofSignal,
	"views/traces":    ofSignal,
	"views/trail":     ofSignal,
	"views/metrics":   ofSignal,
	"views/pulls":     append([]string{"app/pull"}, ofSignal...), // what a pull asks and how it stands
	"views/settings":  ofSignal,
	"views/start":     {"app", "app/pull", "views/phrase", "views/explain", "views/ui"},
	"views/incidents": append([]string{"app/incident"}, ofSignal...),
	"views/report":    {"app", "app/resource", "app/related", "app/incident", "views/chart", "views/phrase"},
	"views/shell": {"app", "app/resource", "app/query", "app/pull", "views/phrase", "views/explain", "views/ui",
		"views/drawer"},
	"views/window": {"app", "app/pull", "app/incident", "views/phrase", "views/explain", "views/ui", "views/drawer",
		"views/shell",
		"views/overview", "views/timeline", "views/alarms", "views/logs", "views/traces", "views/trail",
		"views/metrics", "views/pulls", "views/incidents",
		"views/settings", "views/start"},

	"views/cachetest":         {"app", "cache"}, // no screen may import cache: TestOnlyTestsImportCachetest
	"views/drawer/drawertest": {"app", "views/ui", "views/drawer", cachetest},
}

// ofSignal is what the package of a signal may import: never another screen.
var ofSignal = []string{"app", "app/resource", "app/query", "app/query/pipe", "app/pattern", "app/calltree",
	"app/insight", "app/related",
	"views/chart", "views/phrase", "views/explain", "views/export", "views/ui", "views/lane", "views/drawer",
	"views/explore"}

// testsMayImport says what test files of a room may import besides: the tests of the frame open details of every signal
// in it, those of the window compare what it says with what the commands print, and the cases
// from the field go from an answer of AWS through the cache to the words.
var testsMayImport = map[string][]string{
	"views/shell": {"app/related", "app/insight",
		"views/alarms", "views/logs", "views/traces", "views/trail", "views/metrics", "views/pulls"},
	"views/window": {"app/resource", "views"},
	"providers":    {"cache", "app/insight", "views/phrase"},
	"views/start":  {"views/drawer"},
}

// forTests are the rooms that test files of every room may import: values as they are shipped, a cache to read from,
// and a drawer on it.
var forTests = []string{"assets", cachetest, drawertest}

const (
	cachetest  = "views/cachetest"
	drawertest = "views/drawer/drawertest"
)

// topLevel is all that may lie in the root; whoever adds to it has to say so here.
var topLevel = []string{
	"app", "views", "providers", "cache", "assets",
	"go.mod", "go.sum", "FyneApp.toml", "Makefile", "README.md", "ARCHITECTURE.md",
	"main.go", "main_test.go", "rules_test.go", "e2e_test.go",
}

// built are what make and go test leave behind; .gitignore has them too.
var built = regexp.MustCompile(`^(nephograph|out|.*\.prof|.*\.test)$`)

// source is one Go file.
type source struct {
	path string // with slashes, from the root
	file *ast.File
	pos  *token.FileSet
}

func (s source) dir() string  { return path.Dir(s.path) }
func (s source) test() bool   { return strings.HasSuffix(s.path, "_test.go") }
func (s source) views() bool  { return strings.HasPrefix(s.path, "views/") }
func (s source) isRoot() bool { return s.dir() == "." }

func (s source) at(n ast.Node) string { return s.pos.Position(n.Pos()).String() }

// imports returns the paths that the file imports.
func (s source) imports() []string {
	paths := make([]string, len(s.file.Imports))
	for i, spec := range s.file.Imports {
		paths[i], _ = strconv.Unquote(spec.Path.Value)
	}
	return paths
}

// goFiles parses every Go file of the project.
func goFiles(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == "out"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		pos := token.NewFileSet()
		file, err := parser.ParseFile(pos, name, nil, parser.ParseComments)
		all = append(all, source{filepath.ToSlash(name), file, pos})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d Go files were found: this test looks in the wrong place", len(all))
	}
	return all
}

func TestTopLevelIsFixed(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); !slices.Contains(topLevel, name) && !strings.HasPrefix(name, ".") &&
			!built.MatchString(name) {
			t.Errorf("%s does not belong in the root: the top level is fixed", name)
		}
	}
}

func TestImportsPointOneWay(t *testing.T) {
	for _, s := range goFiles(t) {
		if s.isRoot() {
			continue
		}
		for _, p := range s.imports() {
			ours, ok := strings.CutPrefix(p, module+"/")
			if ok && !mayImport(s.dir(), ours) && !(s.test() && testMayImport(s.dir(), ours)) {
				t.Errorf("%s imports %s", s.path, ours)
			}
			if s.dir() == "app" && !s.test() && strings.Contains(p, ".") {
				t.Errorf("%s imports %s: app has the standard library only", s.path, p)
			}
		}
	}
}

func TestOnlyTestsImportCachetest(t *testing.T) {
	for _, s := range goFiles(t) {
		for _, room := range []string{cachetest, drawertest} {
			if !s.test() && roomOf(s.dir()) != drawertest && slices.Contains(s.imports(), module+"/"+room) {
				t.Errorf("%s imports %s, which is for tests only", s.path, room)
			}
		}
	}
}

// mayImport reports whether files of the folder dir may import the folder other.
func mayImport(dir, other string) bool {
	home := roomOf(dir)
	return home != "" && (roomOf(other) == home || slices.Contains(rooms[home], roomOf(other)))
}

// testMayImport reports whether test files of the folder dir may import the folder other besides.
func testMayImport(dir, other string) bool {
	return slices.Contains(forTests, other) || slices.Contains(testsMayImport[roomOf(dir)], roomOf(other))
}

// roomOf returns the room of rooms that a folder lies in, "" if it lies in none.
func roomOf(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if _, ok := rooms[d]; ok {
			return d
		}
	}
	return ""
}

func TestOnlyViewsAndMainKnowFyne(t *testing.T) {
	for _, s := range goFiles(t) {
		textOnly := slices.Contains([]string{"views/terminal", "views/explain", "views/phrase"}, s.dir())
		for _, p := range s.imports() {
			switch {
			case p != toolkit && !strings.HasPrefix(p, toolkit+"/"):
			case s.isRoot():
			case p == toolkit+"/app":
				t.Errorf("%s imports %s: only main.go needs the GL driver", s.path, p)
			case !s.views() || textOnly:
				t.Errorf("%s imports %s", s.path, p)
			}
		}
	}
}

func TestGoroutinesOfViewsStartInTheLoader(t *testing.T) {
	for _, s := range goFiles(t) {
		if !s.views() || s.test() || s.path == "views/ui/loader.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a go statement", s.at(n))
			case *ast.SelectorExpr:
				if called(n, "fyne", "Do") || called(n, "fyne", "DoAndWait") {
					t.Errorf("%s: fyne.%s", s.at(n), n.Sel.Name)
				}
			}
			return true
		})
	}
}

// called reports whether an expression is pkg.name.
func called(e *ast.SelectorExpr, pkg, name string) bool {
	id, ok := e.X.(*ast.Ident)
	return ok && id.Name == pkg && e.Sel.Name == name
}

func TestNothingHappensBeforeMain(t *testing.T) {
	for _, s := range goFiles(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: an init function", s.at(f))
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok && called(e, "context", "WithValue") {
				t.Errorf("%s: a context value", s.at(e))
			}
			return true
		})
	}
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	said := map[string]int{}
	vague := []string{"util", "utils", "common", "helper", "helpers", "manager", "base", "types", "misc"}
	for _, s := range goFiles(t) {
		if slices.Contains(vague, s.file.Name.Name) {
			t.Errorf("%s: the name of package %s says nothing", s.path, s.file.Name.Name)
		}
		if s.test() {
			continue
		}
		if said[s.dir()] += 0; s.file.Doc != nil {
			said[s.dir()]++
		}
	}
	for dir, n := range said {
		if n != 1 {
			t.Errorf("%s has %d package comments; want 1", dir, n)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range goFiles(t) {
		if s.test() {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no doc comment", s.at(d), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if name := undocumented(d, spec); name != "" {
						t.Errorf("%s: %s has no doc comment", s.at(spec), name)
					}
				}
			}
		}
	}
}

// exportedReceiver reports whether a function is no method, or one of an exported type.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	name := f.Recv.List[0].Type
	for {
		switch e := name.(type) {
		case *ast.StarExpr:
			name = e.X
		case *ast.IndexExpr:
			name = e.X
		case *ast.IndexListExpr:
			name = e.X
		case *ast.Ident:
			return e.IsExported()
		default:
			return false
		}
	}
}

// undocumented returns the first exported name of a declaration that neither it nor its group explains, or "".
func undocumented(group *ast.GenDecl, spec ast.Spec) string {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && (group.Doc == nil || group.Lparen.IsValid()) {
			return s.Name.Name
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() && s.Doc == nil && s.Comment == nil && group.Doc == nil {
				return n.Name
			}
		}
	}
	return ""
}

// statement finds SQL in a string of Go: a verb at its start with what follows it.
var statement = regexp.MustCompile(`(?is)^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s|INTO\s)|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|UNIQUE|VIEW|TRIGGER|TEMP|VIRTUAL)|DROP\s|ALTER\s+TABLE|WITH\s.+\sSELECT)`)

// bookkeeper reads which migrations a file has had, before it is known to have any table that a query could ask.
const bookkeeper = "cache/migrate.go"

func TestQueriesAreFiles(t *testing.T) {
	for _, s := range goFiles(t) {
		if s.test() || s.path == bookkeeper {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && statement.MatchString(text) {
					t.Errorf("%s: a statement in a string; put it into cache/queries", s.at(lit))
				}
			}
			return true
		})
	}
}

// TestProvidersCallKnownOperations finds every operation of the AWS SDK for which a package of providers builds a
// request, whatever it does with it.
func TestProvidersCallKnownOperations(t *testing.T) {
	const sdk = "github.com/aws/aws-sdk-go-v2/service/"
	named := map[string]bool{}
	for _, o := range app.Operations {
		named[o.Name()] = true
	}
	called := map[string]bool{}
	for _, s := range goFiles(t) {
		if s.test() || path.Dir(s.dir()) != "providers" {
			continue
		}
		services := map[string]bool{} // by the name of their package
		for _, p := range s.imports() {
			if service, ok := strings.CutPrefix(p, sdk); ok {
				services[service] = true
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			request, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			of, ok := request.Type.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			service, _ := of.X.(*ast.Ident)
			operation, ok := strings.CutSuffix(of.Sel.Name, "Input")
			if !ok || service == nil || !services[service.Name] {
				return true
			}
			called[operation] = true
			if !named[operation] {
				t.Errorf("%s: %s of %s is not in app.Operations", s.at(n), operation, service.Name)
			}
			return true
		})
	}
	for _, o := range app.Operations {
		if !called[o.Name()] {
			t.Errorf("%s is in app.Operations, and no package of providers calls it", o.Action)
		}
	}
}
