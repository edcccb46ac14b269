package i18n

import (
	"fmt"
	"strconv"
)

// render writes t with the values of args; n, unless empty, is the value of {{.n}}.
func (p *Printer) render(key string, t *text, n string, args []any) string {
	if len(t.parts) == 0 {
		return t.tail
	}
	var space [256]byte
	buf := space[:0]
	for i := range t.parts {
		part := &t.parts[i]
		buf = append(buf, part.literal...)
		if n != "" && part.name == "n" {
			buf = append(buf, n...)
			continue
		}
		value, ok := valueOf(part.name, args)
		if !ok {
			p.misses.add(p.locale, key+": "+part.name)
			value = "⟦" + part.name + "⟧"
		}
		buf = appendValue(buf, value)
	}
	return string(append(buf, t.tail...))
}

// valueOf finds the value after name in args. A handful of pairs is searched faster than a map is made.
func valueOf(name string, args []any) (value any, ok bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if s, isString := args[i].(string); isString && s == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func appendValue(buf []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return append(buf, v...)
	case int:
		return strconv.AppendInt(buf, int64(v), 10)
	case int64:
		return strconv.AppendInt(buf, v, 10)
	}
	return append(buf, fmt.Sprint(value)...) // not fmt.Append, which would move every buf to the heap
}
