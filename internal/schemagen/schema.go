package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// An object keeps the order of its keys, which a map would not.
type object []member

type member struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		k, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		v, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(k)
		b.WriteByte(':')
		b.Write(v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// schema is the JSON Schema of the first struct, the others as definitions.
func (r *recordTypes) schema() []byte {
	root := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "https://github.com/dateline-go/dateline/schema.json"},
		{"title", "Dateline record"},
	}
	root = append(root, r.structs[0].schema()...)
	var defs object
	for _, t := range r.structs[1:] {
		defs = append(defs, member{t.name, t.schema()})
	}
	root = append(root, member{"$defs", defs})
	b, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // plain values only
	}
	return append(b, '\n')
}

func (t structType) schema() object {
	var props object
	var required []string
	for _, f := range t.fields {
		props = append(props, member{f.key, f.schema()})
		required = append(required, f.key)
	}
	return object{
		{"description", t.doc}, {"type", "object"}, {"properties", props},
		{"required", required}, {"additionalProperties", false},
	}
}

func (f structField) schema() object {
	o := object{{"description", f.doc}}
	o = append(o, typeSchema(f.typ, f.nullable)...)
	if f.enum != nil {
		var words []any
		for _, w := range f.enum {
			words = append(words, w)
		}
		if f.nullable {
			words = append(words, nil)
		}
		o = append(o, member{"enum", words})
	}
	if f.key == "schema" {
		o = append(o, member{"const", "dateline/1"})
	}
	return o
}

func typeSchema(typ string, nullable bool) object {
	one := func(name string) object {
		if nullable {
			return object{{"type", []string{name, "null"}}}
		}
		return object{{"type", name}}
	}
	switch typ {
	case "string":
		return one("string")
	case "int":
		return one("integer")
	case "float64":
		return one("number")
	case "bool":
		return one("boolean")
	case "map":
		return object{{"type", "object"}, {"additionalProperties", object{{"type", "string"}}}}
	}
	if elem, ok := strings.CutPrefix(typ, "[]"); ok {
		return object{{"type", "array"}, {"items", typeSchema(elem, false)}}
	}
	ref := "#/$defs/" + strings.TrimPrefix(typ, "*")
	if strings.HasPrefix(typ, "*") {
		return object{{"anyOf", []object{{{"$ref", ref}}, {{"type", "null"}}}}}
	}
	return object{{"$ref", ref}}
}

// markdown is docs/record.md.
func (r *recordTypes) markdown() []byte {
	var b bytes.Buffer
	b.WriteString("# The record\n\nMade from the Go types by `go generate`; do not edit. `dateline schema` prints the same as a JSON Schema.\n\n")
	b.WriteString("One JSON object a line, UTF-8. Every key is always present, in this order; `null` or `[]` stands where nothing is known.\n")
	for i, t := range r.structs {
		if i > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n%s\n", t.name, t.doc)
		}
		b.WriteString("\n| key | type | meaning |\n| --- | --- | --- |\n")
		for _, f := range t.fields {
			doc := f.doc
			if f.enum != nil {
				doc += " One of `" + strings.Join(f.enum, "`, `") + "`."
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.key, f.printed(), doc)
		}
	}
	return b.Bytes()
}

// printed is the type in words: string?, [string], [Block].
func (f structField) printed() string {
	s := strings.NewReplacer("float64", "number", "map", "object").Replace(f.typ)
	for strings.HasPrefix(s, "[]") || strings.HasPrefix(s, "[[]") {
		s = strings.Replace(s, "[]", "[", 1) + "]"
	}
	if strings.HasPrefix(s, "*") {
		return s[1:] + "?"
	}
	if f.nullable {
		s += "?"
	}
	return s
}
