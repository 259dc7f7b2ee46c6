package site

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/dateline-go/dateline/internal/spell"
)

// A decoder fills Go values from a YAML tree and goes on where something is wrong, so that the
// operator is told everything at once.
type decoder struct {
	file     string
	env      func(string) (string, bool)
	problems Problems
	merges   int // of mappings into each other that are being followed
}

func (d *decoder) problem(line int, hint, format string, args ...any) {
	d.problems = append(d.problems, Problem{d.file, line, fmt.Sprintf(format, args...), hint})
}

// value decodes n into v; what names it in messages.
func (d *decoder) value(n *yaml.Node, v reflect.Value, what string) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Tag == "!!null" {
		return // a key with nothing behind it says nothing
	}
	if s, ok := v.Addr().Interface().(scalar); ok {
		d.scalar(n, s, what)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		to := reflect.New(v.Type().Elem()) // never into what defaults point to
		d.value(n, to.Elem(), what)
		v.Set(to)
	case reflect.Struct:
		d.mapping(n, v, what)
	case reflect.Map:
		d.table(n, v, what)
	case reflect.Slice:
		d.list(n, v, what)
	default:
		d.plain(n, v, what)
	}
}

// wants says that n is not what is needed.
func (d *decoder) wants(n *yaml.Node, what, need string) {
	have := map[yaml.Kind]string{yaml.MappingNode: "a block of keys", yaml.SequenceNode: "a list"}[n.Kind]
	if have == "" {
		have = strconv.Quote(n.Value)
	}
	d.problem(n.Line, "", "%s wants %s, not %s", what, need, have)
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.MappingNode {
		d.wants(n, what, "a block of keys")
		return
	}
	fields := fieldsOf(v.Type())
	d.pairs(n, what, func(key, val *yaml.Node) {
		if key.Value == "<<" {
			d.merge(val, v, what)
			return
		}
		i, ok := fields[key.Value]
		if !ok {
			d.unknown(key, what, fields)
			return
		}
		d.value(val, v.Field(i), key.Value)
	})
}

// merge decodes a mapping that another takes in. One that takes in itself has no end.
func (d *decoder) merge(n *yaml.Node, v reflect.Value, what string) {
	if d.merges++; d.merges > 20 {
		d.problem(n.Line, "", "%s takes in too many others, or itself", what)
	} else {
		d.value(n, v, what)
	}
	d.merges--
}

// pairs goes over the keys of a mapping and says which stand there twice. Merged mappings come first:
// what the mapping itself says goes over them.
func (d *decoder) pairs(n *yaml.Node, what string, f func(key, val *yaml.Node)) {
	seen := map[string]int{}
	for _, merged := range []bool{true, false} {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if (key.Value == "<<") != merged {
				continue
			}
			if first := seen[key.Value]; first > 0 {
				d.problem(key.Line, "", "%s has %q twice: it stands in line %d already", what, key.Value, first)
				continue
			}
			seen[key.Value] = key.Line
			f(key, n.Content[i+1])
		}
	}
}

func (d *decoder) unknown(key *yaml.Node, what string, fields map[string]int) {
	words := make([]string, 0, len(fields))
	for w := range fields {
		words = append(words, w)
	}
	hint := "see docs/sites.md for the keys"
	if w := spell.Nearest(key.Value, words); w != "" {
		hint = fmt.Sprintf("did you mean %q?", w)
	}
	d.problem(key.Line, hint, "unknown key %q in %s", key.Value, what)
}

// fieldsOf are the fields of a struct by their key in the file.
func fieldsOf(t reflect.Type) map[string]int {
	out := map[string]int{}
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
			out[tag] = i
		}
	}
	return out
}

func (d *decoder) table(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.MappingNode {
		d.wants(n, what, "a block of keys")
		return
	}
	out := reflect.MakeMap(v.Type())
	for _, k := range v.MapKeys() { // what defaults say stays
		out.SetMapIndex(k, v.MapIndex(k))
	}
	d.pairs(n, what, func(key, val *yaml.Node) {
		one := reflect.New(v.Type().Elem()).Elem()
		d.value(val, one, what+" "+key.Value)
		out.SetMapIndex(reflect.ValueOf(key.Value), one)
	})
	v.Set(out)
}

// list takes one value for a list of one.
func (d *decoder) list(n *yaml.Node, v reflect.Value, what string) {
	all := []*yaml.Node{n}
	switch n.Kind {
	case yaml.SequenceNode:
		all = n.Content
	case yaml.MappingNode:
		d.wants(n, what, "a list")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(all), len(all))
	for i, one := range all {
		d.value(one, out.Index(i), what)
	}
	v.Set(out)
}

func (d *decoder) scalar(n *yaml.Node, s scalar, what string) {
	if n.Kind != yaml.ScalarNode {
		d.wants(n, what, "one value")
		return
	}
	text, ok := d.expand(n, what)
	if !ok {
		return
	}
	if err := s.set(text, n.Line); err != nil {
		d.problem(n.Line, "", "%s: %s", d.shown(n, what), err)
	}
}

// shown names a value in a message: as it stands in the file, where it can be no secret.
func (d *decoder) shown(n *yaml.Node, what string) string {
	if strings.HasPrefix(what, "headers ") || strings.Contains(n.Value, "@") {
		return what
	}
	return fmt.Sprintf("%s %q", what, n.Value)
}

func (d *decoder) plain(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.ScalarNode {
		d.wants(n, what, "one value")
		return
	}
	text, ok := d.expand(n, what)
	if !ok {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			d.wants(n, what, "true or false")
		}
		v.SetBool(b)
	case reflect.Int:
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 {
			d.wants(n, what, "a whole number")
		}
		v.SetInt(int64(max(i, 0)))
	}
}

var variable = regexp.MustCompile(`\$\{([^}]*)\}`)

// expand puts in the environment's variables. A missing one is a problem that names it.
func (d *decoder) expand(n *yaml.Node, what string) (text string, ok bool) {
	ok = true
	text = variable.ReplaceAllStringFunc(n.Value, func(m string) string {
		name := m[2 : len(m)-1]
		v, set := d.env(name)
		if !set {
			d.problem(n.Line, "export it before the run", "%s needs the environment variable %s, which is not set", what, name)
			ok = false
		}
		return v
	})
	return text, ok
}
