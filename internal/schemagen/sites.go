package main

import (
	"encoding/json"
	"strings"
)

// sitesSchema is the JSON Schema of sites.yaml: the first struct is the file, the others definitions.
// It checks names and forms; what needs the file as a whole only dateline sites check knows.
func (r *recordTypes) sitesSchema() []byte {
	defs := object{}
	for _, t := range r.structs[1:] {
		defs = append(defs, member{t.name, r.keys(t)})
	}
	root := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "https://github.com/dateline-go/dateline/sites.schema.json"},
		{"title", "Dateline sites.yaml"},
		{"description", r.structs[0].doc},
		{"type", "object"},
		{"properties", object{
			{"defaults", object{{"$ref", "#/$defs/Site"}}},
			{"sites", object{{"type", "object"}, {"additionalProperties", object{{"$ref", "#/$defs/Site"}}}}},
		}},
		{"patternProperties", object{{"^x-", true}}},
		{"required", []string{"sites"}},
		{"additionalProperties", false},
		{"$defs", defs},
	}
	b, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // plain values only
	}
	return append(b, '\n')
}

// keys is the schema of a block of keys, none of which is needed.
func (r *recordTypes) keys(t structType) object {
	props := object{}
	for _, f := range t.fields {
		props = append(props, member{f.key, append(object{{"description", f.doc}}, r.siteType(f.typ)...)})
	}
	return object{{"description", t.doc}, {"type", "object"}, {"properties", props}, {"additionalProperties", false}}
}

// variable is how a text may come out of the environment, whatever its form.
const variable = `\$\{[A-Za-z_][A-Za-z0-9_]*\}`

// siteType is the schema of a value. A list may be written as its one value.
func (r *recordTypes) siteType(typ string) object {
	if elem, ok := strings.CutPrefix(typ, "[]"); ok {
		one := r.siteType(elem)
		return object{{"anyOf", []object{one, {{"type", "array"}, {"items", one}}}}}
	}
	text := func(pattern string) object { return object{{"type", "string"}, {"pattern", pattern + "|" + variable}} }
	switch typ = strings.TrimPrefix(typ, "*"); typ {
	case "bool":
		return object{{"type", "boolean"}}
	case "int":
		return object{{"type", "integer"}, {"minimum", 0}}
	case "map":
		return object{{"type", "object"}, {"additionalProperties", object{{"type", "string"}}}}
	case "Address":
		return text("^https?://")
	case "Proxy":
		return text("^(https?|socks5h?)://")
	case "Duration":
		return text(`^([0-9.]+(ms|s|m|h))+$`)
	case "Pattern":
		return text("^(/|\\*|~|https?://)")
	case "TLS":
		return object{{"const", "legacy"}}
	case "Wish":
		return object{{"enum", []string{"record", "skip"}}}
	}
	for _, t := range r.structs {
		if t.name == typ {
			return object{{"$ref", "#/$defs/" + typ}}
		}
	}
	return object{{"type", "string"}}
}
