package local

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	// DatabaseName is the application's database. A test may make more: User has all rights on every caveau_… database.
	DatabaseName = "caveau"
	// User is the application's account.
	User = "caveau"
	// Password opens it. It is no secret: the servers listen on loopback only.
	Password = "caveau"
	// Collation is the default of the server, the databases and the connections. Keys, SKUs and paths compare byte by byte:
	// with a linguistic collation, "rose" and "rosé" would be one key, and MySQL and MariaDB share no modern one. A column that wants
	// more (an e-mail address) names utf8mb4_unicode_520_ci, which both have.
	Collation = "utf8mb4_bin"
)

// dsn is the application's connection to one server, with a bound on everything that can hang. A job that runs longer
// statements (a migration, an import) parses it and raises ReadTimeout.
func dsn(addr string, primary bool) string {
	c := mysql.NewConfig()
	c.User, c.Passwd, c.DBName = User, Password, DatabaseName
	c.Net, c.Addr = "tcp", addr
	c.Timeout, c.ReadTimeout, c.WriteTimeout = 300*time.Millisecond, 2*time.Second, 2*time.Second
	c.Collation = Collation
	c.ParseTime, c.Loc = true, time.UTC
	c.InterpolateParams = true
	// On the primary, a read-only error means that it was demoted: drop the connection and look again. A replica is always so.
	c.RejectReadOnly = primary
	return c.FormatDSN()
}

// adminConfig is root by the socket, without a database.
func adminConfig(socket string) *mysql.Config {
	c := mysql.NewConfig()
	c.User = "root"
	c.Net, c.Addr = "unix", socket
	c.Timeout = time.Second
	c.Collation = Collation
	c.ParseTime, c.Loc = true, time.UTC
	c.InterpolateParams = true
	// A server that is starting refuses connections many times; those are no news.
	c.Logger = &mysql.NopLogger{}
	return c
}

// socketIn returns the socket's path in dir, or in short where the kernel's limit (104 bytes on BSD, 108 on Linux,
// the final zero included) would cut it.
func socketIn(dir, short, name string) string {
	const limit = 103
	if path := filepath.Join(dir, "mysql.sock"); len(path) <= limit {
		return path
	}
	return filepath.Join(short, fmt.Sprintf("%s.sock", name))
}
