// Package local runs a private MariaDB primary, any number of replicas and a Redis as child processes: for
// development ("caveau local", "caveau demo"), for tests, and for nothing that a shopper sees.
//
//	s, err := local.Start(ctx, local.Options{Dir: ".local", Replicas: 2, Redis: true})
//	if err != nil {
//		return err // a *local.Fault says what to do: install something, free a port, remove a directory
//	}
//	defer s.Stop()
//	db, err := sql.Open("mysql", s.PrimaryDSN())
//
// The store has no second implementation in memory, so what holds in a test must hold on the real servers. Hence they are set up as
// production is where that changes behaviour (GTID, row format, flush at every commit, semi-synchronous replicas, read-only
// replicas, an application user without special rights, noeviction) and small where it doesn't (memory, logs).
//
// # Files
//
//	Dir/lock                 held while in use; a second process is refused
//	Dir/primary/data         the data directory; also replica-1, replica-2 …
//	Dir/primary/server.log   what the server wrote since Start; server.log.old since the Start before
//	Dir/redis                Redis's working directory, always empty of data
//
// The primary's files are made once by mariadb-install-db (half a second) and those of a replica are copied from the
// primary's while nothing runs. So a replica added later holds everything at once, and a broken one is mended by removing its
// directory. Binary logs are never purged, so that a replica that was left out for a while can catch up; to begin
// anew remove Dir. A Dir belongs to one series of MariaDB (10.11): another is refused rather than upgraded, for what lies there
// can be made again.
//
// # Rules
//
// Servers listen on 127.0.0.1 only, on ports below the ephemeral ones. root comes in by the socket alone, which lies in a
// directory of mode 0700. The application's account caveau has all rights on the databases caveau and caveau_…, may see
// replication's state, and nothing else; replicas refuse its writes.
//
// No file of the system's MariaDB or Redis is read or written, and no account but the caller's is used. Run by root the servers run as root: mariadbd
// with --user=mysql would clear its parent-death signal and outlive us.
//
// On Linux the children die with this process however it ends, by a parent-death signal from threads that are kept for
// that. InnoDB and the binary log recover at the next Start. On other systems a kill -9 leaves the servers running and the next
// Start on that Dir says so.
//
// # Failing on purpose
//
// Server.Kill, Pause, Restart, StopSQLThread, Delay and SetReadOnly make the faults that the shop must survive.
// Services.Sync waits until the replicas have caught up, so that no test needs to sleep. A commit while every replica is away
// takes 500 ms once, then replication is asynchronous until one is back.
package local
