package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
)

// A structType is one struct of the record and what its comments say.
type structType struct {
	name, doc string
	fields    []structField
}

type structField struct {
	key, doc string
	typ      string // as in Go: string, int, []string, *DateEvidence …
	nullable bool
	enum     []string
}

type recordTypes struct{ structs []structType }

// readTypes reads the struct types of a Go file; tag is the one that names their keys.
func readTypes(file, tag string) (*recordTypes, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	out := &recordTypes{}
	for _, d := range f.Decls {
		gd, ok := d.(*ast.GenDecl)
		if !ok || gd.Tok != token.TYPE {
			continue
		}
		for _, s := range gd.Specs {
			ts := s.(*ast.TypeSpec)
			st, ok := ts.Type.(*ast.StructType)
			if !ok {
				continue
			}
			t := structType{name: ts.Name.Name, doc: prose(gd.Doc)}
			for _, fl := range st.Fields.List {
				sf, err := readField(fl, tag)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", ts.Name.Name, err)
				}
				if sf.key == "" || sf.key == "-" {
					continue
				}
				t.fields = append(t.fields, sf)
			}
			out.structs = append(out.structs, t)
		}
	}
	return out, nil
}

// readField reads a field; its key is empty where it is none of the file's.
func readField(f *ast.Field, keys string) (structField, error) {
	if f.Tag == nil && !f.Names[0].IsExported() {
		return structField{}, nil
	}
	if f.Tag == nil || len(f.Names) != 1 {
		return structField{}, fmt.Errorf("a field without a tag")
	}
	tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`"))
	if tag.Get(keys) == "-" {
		return structField{}, nil
	}
	sf := structField{key: tag.Get(keys), doc: prose(f.Doc), typ: typeName(f.Type)}
	for _, opt := range strings.Split(tag.Get("dateline"), ",") {
		if opt == "nullable" {
			sf.nullable = true
		}
		if words, ok := strings.CutPrefix(opt, "enum="); ok {
			sf.enum = strings.Split(words, "|")
		}
	}
	if sf.key == "" || sf.doc == "" {
		return sf, fmt.Errorf("field %s lacks a key or a comment", f.Names[0].Name)
	}
	return sf, nil
}

func typeName(e ast.Expr) string {
	switch t := e.(type) {
	case *ast.Ident:
		if slices.Contains([]string{"PageKind", "BlockKind"}, t.Name) {
			return "string"
		}
		return t.Name
	case *ast.StarExpr:
		return "*" + typeName(t.X)
	case *ast.ArrayType:
		return "[]" + typeName(t.Elt)
	case *ast.MapType:
		return "map"
	}
	return "?"
}

func prose(c *ast.CommentGroup) string {
	return strings.Join(strings.Fields(c.Text()), " ")
}
