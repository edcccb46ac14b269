package alert

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Kind says what has to come true.
type Kind string

// The kinds.
const (
	Stock   Kind = "stock"   // a SKU, or a vintage in any format, is back in stock
	Price   Kind = "price"   // a SKU costs no more than an amount
	Vintage Kind = "vintage" // a wine has a newer vintage with a price
)

// State of an alert.
type State string

// The states.
const (
	Asked     State = "asked"     // the address has not proved itself
	Confirmed State = "confirmed" // waits
	Told      State = "told"
	Ended     State = "ended" // by its owner; the address is gone
)

// ErrUnknown says that a token opens nothing: it was used, it has run out, or it never was.
var ErrUnknown = errors.New("the token opens no alert")

// Subject is what an alert is about: a SKU; else a vintage of a wine in any format; else a wine.
type Subject struct {
	SKU  string
	Wine string // code
	Year int    // 0 is NV; AnyYear where the subject is the wine
}

// AnyYear stands for no vintage in particular.
const AnyYear = -1

// SubjectOf reads what Key wrote. Subjects of no known form are an error.
func SubjectOf(key string) (Subject, error) {
	kind, rest, _ := strings.Cut(key, ":")
	switch kind {
	case "sku":
		return Subject{SKU: rest, Year: AnyYear}, nil
	case "wine":
		return Subject{Wine: rest, Year: AnyYear}, nil
	case "vintage":
		at := strings.LastIndexByte(rest, '/')
		year, err := strconv.Atoi(rest[at+1:])
		if at < 0 || err != nil {
			break
		}
		return Subject{Wine: rest[:at], Year: year}, nil
	}
	return Subject{}, fmt.Errorf("read the subject of an alert: %q is none", key)
}

// Key is the subject as the database keeps it: "sku:M-90", "vintage:chateau-margaux/1990", "wine:chateau-margaux".
func (s Subject) Key() string {
	switch {
	case s.SKU != "":
		return "sku:" + s.SKU
	case s.Year == AnyYear:
		return "wine:" + s.Wine
	default:
		return "vintage:" + s.Wine + "/" + strconv.Itoa(s.Year)
	}
}

// Alert is what one address wants to be told.
type Alert struct {
	ID     uint64 // in the order of asking
	Email  string
	Market string // "fr"
	Locale string // "fr-FR"
	Kind   Kind
	Subject
	Below int64 // Price: minor units of the market's currency, in the basis of its list; else 0
	After int   // Vintage: the newest year that had a price when it was asked; else 0
	State State
}

// What tells two alerts apart: the same address asks the same shop for the same thing once at a time.
func (a Alert) What() [32]byte {
	parts := []string{strings.ToLower(a.Email), a.Market, string(a.Kind), a.Key(), strconv.FormatInt(a.Below, 10)}
	return sha256.Sum256([]byte(strings.Join(parts, "\x00")))
}
