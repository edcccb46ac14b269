package mysql

import (
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	driver "github.com/go-sql-driver/mysql"
)

// Limits of a connection pool.
type Limits struct {
	Connections int
	Read, Write time.Duration // deadlines of one packet
}

// DefaultLimits fit one instance: six of them stay far below a server's max_connections.
var DefaultLimits = Limits{Connections: 16, Read: 2 * time.Second, Write: 2 * time.Second}

// open makes a pool for a DSN. Nothing is dialled yet. The settings that keep a hung server from
// hanging us are ours, whatever the DSN says.
func open(dsn string, limits Limits, primary bool) (*sql.DB, error) {
	config, err := driver.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the data source name: %w", err)
	}
	config.ParseTime = true
	config.Loc = time.UTC
	config.InterpolateParams = true
	config.RejectReadOnly = primary
	config.Timeout = 300 * time.Millisecond
	config.ReadTimeout = limits.Read
	config.WriteTimeout = limits.Write
	config.Logger = quiet{} // what matters comes back as an error
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params["time_zone"] = "'+00:00'"
	if primary {
		// Shorter than the deadline of a packet, or a wait for a lock would end as a broken connection.
		config.Params["innodb_lock_wait_timeout"] = "1"
	}
	connector, err := driver.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("read the data source name: %w", err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(limits.Connections)
	db.SetMaxIdleConns(limits.Connections)
	db.SetConnMaxLifetime(4 * time.Minute)
	return db, nil
}

type quiet struct{}

func (quiet) Print(...any) {}

// Primary is the server that is written to.
type Primary struct {
	db      *sql.DB
	dialect atomic.Pointer[dialect] // nil until a server was asked
}

// OpenPrimary makes the pool; it does not dial.
func OpenPrimary(dsn string, limits Limits) (*Primary, error) {
	db, err := open(dsn, limits, true)
	if err != nil {
		return nil, fmt.Errorf("primary: %w", err)
	}
	return &Primary{db: db}, nil
}

// Close the pool.
func (p *Primary) Close() error { return p.db.Close() }

// DB is the pool itself, for tests and tools.
func (p *Primary) DB() *sql.DB { return p.db }
