package mail

// Topic of a letter: "order.paid", "account.reset". The messages whose keys begin with mail. and the topic are its words.
type Topic string

// Letter is a mail to be written.
type Letter struct {
	Topic  Topic
	Market string            // "fr": whose name it is sent in
	Locale string            // "fr-FR": the language that it is written in
	To     string            // address
	Order  string            // number of the order that it is about; "" where it is about none
	Data   map[string]string // what its words need; "link" is the path, with query, of what it leads to, within the market's host
}
