package mail

import "time"

// Message is a letter in its final words.
type Message struct {
	ID          string // of the message, unique for ever: "42.1a2b@fr.example.com"
	From        Address
	To          Address
	Subject     string
	Date        time.Time
	Text, HTML  string
	Unsubscribe string // address that ends letters of this kind, by one POST (RFC 8058) too; "" for most
	Attached    []File
}

// Address of somebody with their name, which may be empty.
type Address struct{ Name, Mail string }

// File that is attached to a message.
type File struct {
	Name string
	Type string // "application/pdf"
	Body []byte
}
