package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// conn is one kept-alive HTTP/1.1 connection with one request under way at a time. It understands what the servers of this
// bench send: a status line, headers with a Content-Length, a body.
type conn struct {
	net.Conn
	buffer []byte // the whole answer, overwritten by the next one
}

// answer to a request. Its slices are good until the next request on the connection.
type answer struct {
	status int
	header []byte
	body   []byte
}

// maxAnswer bounds what is read for one request.
const maxAnswer = 4 << 20

// dialLimit is the patience for a connection.
const dialLimit = 5 * time.Second

// dial connects to a port of this machine; requests may be sent until the deadline.
func dial(port int, deadline time.Time) (*conn, error) {
	c, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), dialLimit)
	if err != nil {
		return nil, fmt.Errorf("connect to the server: %w", err)
	}
	if err := c.SetDeadline(deadline); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to the server: %w", err), c.Close())
	}
	return &conn{Conn: c, buffer: make([]byte, 64<<10)}, nil
}

var (
	headerEnd     = []byte("\r\n\r\n")
	contentLength = []byte("content-length")
	errLength     = errors.New("an answer without a usable Content-Length")
	errSurplus    = errors.New("more bytes than the Content-Length says")
	errLarge      = errors.New("an answer that is too large")
)

// do sends a request and reads the whole answer.
func (c *conn) do(request []byte) (answer, error) {
	if _, err := c.Write(request); err != nil {
		return answer{}, fmt.Errorf("send a request: %w", err)
	}
	have, head := 0, -1
	for head < 0 {
		from := max(0, have-len(headerEnd))
		n, err := c.more(have)
		if err != nil {
			return answer{}, err
		}
		have += n
		if at := bytes.Index(c.buffer[from:have], headerEnd); at >= 0 {
			head = from + at
		}
	}
	status, length, err := readHead(c.buffer[:head])
	if err != nil {
		return answer{}, err
	}
	start := head + len(headerEnd)
	for have < start+length {
		n, err := c.more(have)
		if err != nil {
			return answer{}, err
		}
		have += n
	}
	if have > start+length {
		return answer{}, errSurplus
	}
	return answer{status, c.buffer[:head], c.buffer[start:have]}, nil
}

// more reads behind what is there.
func (c *conn) more(have int) (int, error) {
	if have == len(c.buffer) {
		if have >= maxAnswer {
			return 0, errLarge
		}
		c.buffer = append(c.buffer, make([]byte, len(c.buffer))...)
	}
	n, err := c.Read(c.buffer[have:])
	if err != nil {
		return 0, fmt.Errorf("read an answer: %w", err)
	}
	return n, nil
}

// readHead reads the status and the length of the body out of "HTTP/1.1 200 OK\r\n…".
func readHead(head []byte) (status, length int, err error) {
	if len(head) < len("HTTP/1.1 200") || !bytes.HasPrefix(head, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("no answer of HTTP/1.1: %.40q", head)
	}
	if status, err = strconv.Atoi(string(head[9:12])); err != nil {
		return 0, 0, fmt.Errorf("no status in %.40q", head)
	}
	value, found := header(head, contentLength)
	if length, err = strconv.Atoi(string(value)); !found || err != nil || length < 0 {
		return 0, 0, errLength
	}
	return status, length, nil
}

// header is the value of a header line; the name is in lower case.
func header(head, name []byte) (value []byte, found bool) {
	for len(head) > 0 {
		line, rest, _ := bytes.Cut(head, []byte("\r\n"))
		if len(line) > len(name) && line[len(name)] == ':' && bytes.EqualFold(line[:len(name)], name) {
			return bytes.TrimSpace(line[len(name)+1:]), true
		}
		head = rest
	}
	return nil, false
}
