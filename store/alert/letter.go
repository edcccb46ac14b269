package alert

import (
	"maps"

	"caveau/store/mail"
)

// Words are what a letter says: the facts that its words name, and the path of the page of alerts in the reader's edition, below
// which its links are.
type Words struct {
	Facts map[string]string
	Page  string
}

// Request is an alert that somebody asks for, with the words of the letter that asks back.
type Request struct {
	Alert
	Words
}

// The last parts of the paths below the page of alerts that tokens are for.
const (
	ConfirmPath = "confirm"
	StopPath    = "stop"
)

// ConfirmLetter asks the owner of the address whether it was him.
func (a Alert) ConfirmLetter(said Words, confirm, stop Token) mail.Letter {
	l := a.letter("alert.confirm", said, stop)
	l.Data["link"] = said.Page + "/" + ConfirmPath + "?token=" + confirm.String()
	return l
}

// TellLetter tells that it has come true. The facts have the link.
func (a Alert) TellLetter(said Words, stop Token) mail.Letter {
	return a.letter(mail.Topic("alert."+string(a.Kind)), said, stop)
}

// letter has the way out of all letters; a mail program may POST to it by itself (RFC 8058).
func (a Alert) letter(topic mail.Topic, said Words, stop Token) mail.Letter {
	data := maps.Clone(said.Facts)
	data["unsubscribe"] = said.Page + "/" + StopPath + "?token=" + stop.String()
	return mail.Letter{Topic: topic, Market: a.Market, Locale: a.Locale, To: a.Email, Data: data}
}
