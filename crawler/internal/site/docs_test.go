package site

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v3"
)

// valid holds a tree against the published schema.
func valid(t *testing.T, tree any) error {
	t.Helper()
	var s jsonschema.Schema
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(tree) // numbers as JSON has them
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return r.Validate(v)
}

func TestTheSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	for _, in := range []string{"delya: 3s", "delay: soon", "limits: 3", "http1: perhaps", "rules: {titel: h1}", "tls: new", "respect: {tdm: perhaps}", "respect: skip", "include: news", "start: a.example"} {
		var tree any
		if err := yaml.Unmarshal([]byte("sites: {a: {feeds: 'https://a.example/f', "+in+"}}"), &tree); err != nil {
			t.Fatal(err)
		}
		if valid(t, tree) == nil {
			t.Errorf("%s is accepted", in)
		}
	}
}

// The example of docs/sites.md loads, and shows every key there is.
func TestTheExampleOfTheDocumentLoadsAndHasEveryKey(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/sites.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "```yaml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("no example")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tribune-cookies.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(name string) (string, bool) { return "x", strings.Contains(example, "${"+name+"}") }
	f, err := Parse([]byte(example), filepath.Join(dir, "sites.yaml"), env)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := yaml.Unmarshal([]byte(example), &tree); err != nil {
		t.Fatal(err)
	}
	if err := valid(t, tree); err != nil {
		t.Errorf("the schema does not accept it: %v", err)
	}
	if len(f.All) != 3 || f.Sites["herald"].Key != "herald.example" {
		t.Errorf("%d sites", len(f.All))
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[File](), reflect.TypeFor[Site](), reflect.TypeFor[Limits](), reflect.TypeFor[Rules](), reflect.TypeFor[Respect]()} {
		for key := range fieldsOf(typ) {
			if !strings.Contains(example, key+":") {
				t.Errorf("%s of %s is not in the example", key, typ.Name())
			}
		}
	}
}
