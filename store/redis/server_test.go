package redis

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"caveau/store/cart"
)

// server speaks Redis's protocol as far as that can go wrong: it reads commands and sends what answer makes of
// them; an empty answer closes the connection. It answers the greeting itself, as an old Redis would.
func server(t *testing.T, answer func(command []string) string) string {
	t.Helper()
	return listener(t, func(c net.Conn) {
		defer c.Close()
		in := bufio.NewReader(c)
		for {
			command, err := readCommand(in)
			if err != nil {
				return
			}
			out := "-ERR unknown command\r\n"
			if strings.ToLower(command[0]) != "hello" {
				out = answer(command)
			}
			if _, err := io.WriteString(c, out); err != nil || out == "" {
				return
			}
		}
	})
}

func readCommand(in *bufio.Reader) ([]string, error) {
	parts, err := readNumber(in, '*')
	if err != nil || parts == 0 {
		return nil, errors.Join(err, errors.New("no command"))
	}
	command := make([]string, parts)
	for i := range command {
		size, err := readNumber(in, '$')
		if err != nil {
			return nil, err
		}
		text := make([]byte, size+len("\r\n"))
		if _, err := io.ReadFull(in, text); err != nil {
			return nil, err
		}
		command[i] = string(text[:size])
	}
	return command, nil
}

func readNumber(in *bufio.Reader, mark byte) (int, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return 0, err
	}
	if line[0] != mark {
		return 0, fmt.Errorf("%q does not begin with %c", line, mark)
	}
	return strconv.Atoi(strings.TrimSpace(line[1:]))
}

// A connection that breaks after an edit was sent leaves it unknown whether it was made. Sent again, the bottles
// would be in the cart twice.
func TestAnEditIsNeverSentTwice(t *testing.T) {
	for name, cluster := range map[string]bool{"single": false, "cluster": true} {
		t.Run(name, func(t *testing.T) {
			var edits atomic.Int32
			var self atomic.Value
			addr := server(t, func(command []string) string {
				switch strings.ToLower(command[0]) {
				case "evalsha", "eval":
					edits.Add(1)
					return ""
				case "cluster":
					host, port, _ := net.SplitHostPort(self.Load().(string))
					return fmt.Sprintf("*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$%d\r\n%s\r\n:%s\r\n", len(host), host, port)
				default:
					return "-ERR unknown command\r\n"
				}
			})
			self.Store(addr)
			client := open(t, Options{Addrs: []string{addr}, Cluster: cluster, Budget: patient})
			if _, err := NewCarts(client, time.Hour).Add(t.Context(), someID, french, "A", 1, cart.Seen{}); !errors.Is(err, cart.ErrUnavailable) {
				t.Error(err)
			}
			if n := edits.Load(); n != 1 {
				t.Errorf("sent %d times", n)
			}
		})
	}
}

// A node of a Cluster that handed the slot over says where it went: the edit goes there, once.
func TestAnEditFollowsAMovedSlot(t *testing.T) {
	var seen atomic.Value
	target := server(t, func(command []string) string {
		if strings.ToLower(command[0]) != "evalsha" {
			return "-ERR unknown command\r\n"
		}
		seen.Store(command[3])
		return "*8\r\n$2\r\nok\r\n:1\r\n$1\r\nA\r\n:1\r\n:0\r\n:0\r\n:0\r\n:0\r\n"
	})
	var self atomic.Value
	source := server(t, func(command []string) string {
		switch strings.ToLower(command[0]) {
		case "evalsha":
			return "-MOVED 5 " + target + "\r\n"
		case "cluster":
			host, port, _ := net.SplitHostPort(self.Load().(string))
			return fmt.Sprintf("*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$%d\r\n%s\r\n:%s\r\n", len(host), host, port)
		default:
			return "-ERR unknown command\r\n"
		}
	})
	self.Store(source)
	client := open(t, Options{Addrs: []string{source}, Cluster: true, Budget: patient})
	c := must(t)(NewCarts(client, time.Hour).Add(t.Context(), someID, french, "A", 1, cart.Seen{}))
	if c.Quantity("A") != 1 || seen.Load() != key(someID, "fr") {
		t.Errorf("%v by way of key %v", c, seen.Load())
	}
}
