package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/dateline-go/dateline/normalize"
)

// maxFile bounds a sites.yaml: twenty thousand sites fit.
const maxFile = 32 << 20

// Load reads a sites.yaml with the environment of the process. Its errors are Problems, or that of a
// file that cannot be read.
func Load(name string) (*File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, Problems{{name, 0, "larger than 32 MB", ""}}
	}
	return Parse(text, name, os.LookupEnv)
}

// Parse reads the text of a sites.yaml whose name is name.
func Parse(text []byte, name string, env func(string) (string, bool)) (*File, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, Problems{syntax(name, err)}
	}
	d := &decoder{file: name, env: env}
	f := &File{Sites: map[string]*Site{}}
	if len(doc.Content) > 0 {
		d.top(doc.Content[0], f)
	}
	if len(f.All) == 0 && len(d.problems) == 0 {
		d.problem(0, "dateline sites add URL writes the first one", "no sites")
	}
	d.check(f)
	if len(d.problems) > 0 {
		return nil, d.problems
	}
	return f, nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax makes a Problem of the parser's error.
func syntax(name string, err error) Problem {
	p := Problem{File: name, Text: err.Error(), Hint: "it is not YAML: indent alike, by spaces and not by tabs, and quote texts that hold : or begin with * or ["}
	if m := yamlLine.FindStringSubmatch(p.Text); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Text = strings.TrimPrefix(p.Text, m[0])
	}
	return p
}

// top decodes the file: every site begins as the defaults.
func (d *decoder) top(n *yaml.Node, f *File) {
	if n.Kind != yaml.MappingNode {
		d.wants(n, "the file", "the keys defaults and sites")
		return
	}
	var defaults, sites *yaml.Node
	fields := fieldsOf(reflect.TypeOf(File{}))
	d.pairs(n, "the file", func(key, val *yaml.Node) {
		switch key.Value {
		case "defaults":
			defaults = val
		case "sites":
			sites = val
		default:
			if !strings.HasPrefix(key.Value, "x-") { // room for anchors, as in compose files
				d.unknown(key, "the file", fields)
			}
		}
	})
	if defaults != nil {
		d.value(defaults, reflect.ValueOf(&f.Defaults).Elem(), "defaults")
		f.Defaults.broken = len(d.problems) > 0
		for key, all := range map[string]int{"start": len(f.Defaults.Start), "feeds": len(f.Defaults.Feeds), "sitemaps": len(f.Defaults.Sitemaps), "hosts": len(f.Defaults.Hosts)} {
			if all > 0 {
				d.problem(defaults.Line, "it belongs to a site", "%s cannot be a default", key)
			}
		}
	}
	if sites == nil || sites.Tag == "!!null" {
		return
	}
	if sites.Kind != yaml.MappingNode {
		d.wants(sites, "sites", "names, each with a block of keys")
		return
	}
	d.pairs(sites, "sites", func(key, val *yaml.Node) {
		s := f.Defaults.clone()
		s.Name, s.Line, s.dir = key.Value, key.Line, filepath.Dir(d.file)
		before := len(d.problems)
		d.value(val, reflect.ValueOf(s).Elem(), "site "+strconv.Quote(s.Name))
		s.broken = s.broken || len(d.problems) > before
		f.Sites[s.Name] = s
		f.All = append(f.All, s)
	})
}

// clone is a site that can be changed without changing s. Slices are only ever replaced.
func (s *Site) clone() *Site {
	c := *s
	c.Headers = map[string]Secret{}
	for k, v := range s.Headers {
		c.Headers[k] = v
	}
	return &c
}

// check holds the sites against each other and against what they need.
func (d *decoder) check(f *File) {
	owner := map[string]*Site{}
	for _, s := range f.All {
		if !s.broken { // what follows from a slip is no second one
			d.checkSite(s)
		}
		if s.Key == "" {
			continue
		}
		if o := owner[s.Key]; o != nil {
			d.problem(s.Line, "make them one entry with several start pages: a domain is paced and remembered as one",
				"site %q is of %s, as is site %q in line %d", s.Name, s.Key, o.Name, o.Line)
		}
		owner[s.Key] = s
	}
	for _, s := range f.All {
		for _, h := range s.Hosts {
			if o := owner[normalize.Site("https://"+string(h)+"/")]; o != nil && o != s {
				d.problem(s.Line, "", "host %s of site %q is of site %q", h, s.Name, o.Name)
			}
		}
	}
}

const leastDelay = Duration(500 * time.Millisecond)

func (d *decoder) checkSite(s *Site) {
	what := fmt.Sprintf("site %q", s.Name)
	if s.Name == "" || strings.HasPrefix(s.Name, "-") || strings.ContainsFunc(s.Name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
	}) {
		d.problem(s.Line, "", "%s: a name has letters, digits, dots and dashes", what)
	}
	first := s.First()
	if first.URL == "" {
		d.problem(s.Line, "", "%s names no start page, feed or sitemap", what)
		return
	}
	s.Key = normalize.Site(first.URL)
	for _, a := range s.Start {
		if a.URL != "" && !s.Holds(a.URL) {
			d.problem(a.Line, "name its host under hosts, or make it a site of its own", "%s is not of %s", a.URL, s.Key)
		}
	}
	s.Reason = strings.TrimSpace(s.Reason) // a block of YAML ends in a line break or not by where it stands
	if s.IgnoreRobots && s.Reason == "" {
		d.problem(s.Line, "such as reason: permission of the publisher, mail of 3 May", "%s ignores robots.txt without a reason", what)
	}
	if s.Delay != nil && *s.Delay < leastDelay && !s.Own && !loopback(first.URL) {
		d.problem(s.Line, "i_own_this_site: true allows it on a site of yours", "%s: a delay under 500ms", what)
	}
	if s.Cookies != "" {
		if err := s.PutCookies(nil); err != nil {
			d.problem(s.Line, "", "%v", err)
		}
	}
}

// private holds that a file can be read and that nobody else can.
func private(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no %s", name)
	case err != nil:
		return err
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s can be read by others: chmod 600 %s", name, name)
	}
	return nil
}

// CookieFile is where the cookies stand, "" for none.
func (s *Site) CookieFile() string {
	if s.Cookies == "" || filepath.IsAbs(s.Cookies) {
		return s.Cookies
	}
	return filepath.Join(s.dir, s.Cookies)
}
