package dateline

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// MarshalJSON writes the record with every key present and in order; see Record.
func (r Record) MarshalJSON() ([]byte, error) {
	return r.AppendJSON(nil), nil
}

// AppendJSON appends the record as one line of JSON, without a line end, to b.
// Unlike json.Marshal it does not escape <, > and &, so that text stays readable
// and greppable; the result is valid JSON all the same (RFC 8259, section 7).
func (r Record) AppendJSON(b []byte) []byte {
	b = slices.Grow(b, 4096+2*len(r.Text)+len(r.Text)/4) // the text stands in it twice: whole, and in blocks
	return appendStruct(b, reflect.ValueOf(r))
}

// AppendFields is AppendJSON for the named top-level keys only, in the order given.
// Unknown names are skipped; FieldNames lists the known ones.
func (r Record) AppendFields(b []byte, names []string) []byte {
	v := reflect.ValueOf(r)
	fields := fieldsOf(v.Type())
	b = append(b, '{')
	first := true
	for _, name := range names {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if i < 0 {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = appendField(b, fields[i], v)
	}
	return append(b, '}')
}

// FieldNames lists the top-level keys of a record in order.
func FieldNames() []string {
	fields := fieldsOf(reflect.TypeFor[Record]())
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// A field is one key of a struct: its place, its key as JSON text, and whether
// its zero value prints as null.
type field struct {
	index    int
	name     string
	key      string
	nullable bool
}

var fieldCache sync.Map // reflect.Type → []field

func fieldsOf(t reflect.Type) []field {
	if fs, ok := fieldCache.Load(t); ok {
		return fs.([]field)
	}
	var fs []field
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("json")
		opts := strings.Split(f.Tag.Get("dateline"), ",")
		fs = append(fs, field{i, name, strconv.Quote(name) + ":", slices.Contains(opts, "nullable")})
	}
	fieldCache.Store(t, fs)
	return fs
}

func appendStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	for i, f := range fieldsOf(v.Type()) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, f, v)
	}
	return append(b, '}')
}

func appendField(b []byte, f field, v reflect.Value) []byte {
	b = append(b, f.key...)
	fv := v.Field(f.index)
	if f.nullable && fv.IsZero() {
		return append(b, "null"...)
	}
	return appendValue(b, fv)
}

func appendValue(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		return appendString(b, v.String())
	case reflect.Int:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'f', -1, 64)
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Struct:
		return appendStruct(b, v)
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, "null"...)
		}
		return appendValue(b, v.Elem())
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, v.Index(i))
		}
		return append(b, ']')
	case reflect.Map:
		return appendMap(b, v.Interface().(map[string]string))
	}
	panic("dateline: record has a field of kind " + v.Kind().String()) // a programming error that any test finds
}

func appendMap(b []byte, m map[string]string) []byte {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, k), ':')
		b = appendString(b, m[k])
	}
	return append(b, '}')
}

// asItIs are the bytes that stand in a JSON string for themselves, whatever stands beside them.
var asItIs = func() (set [256]bool) {
	for c := 0x20; c < utf8.RuneSelf; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}()

// appendString quotes s by RFC 8259. Invalid UTF-8 becomes U+FFFD; U+2028 and
// U+2029 are escaped because line-based readers split on them.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if asItIs[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\t':
				b = append(b, '\\', 't')
			case '\r':
				b = append(b, '\\', 'r')
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(append(b, s[start:i]...), "\ufffd"...)
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, s[start:i]...), '\\', 'u', '2', '0', '2', hex[r&15])
		default:
			i += n
			continue
		}
		i += n
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

var _ json.Marshaler = Record{}
