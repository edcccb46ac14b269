// Package storetest gives tests real servers and a database of their own.
//
// A package whose tests need the store shares one set of servers, which starts with the first test that asks (one to two
// seconds) and so costs a run of pure unit tests nothing:
//
//	func TestMain(m *testing.M) { storetest.Main(m, 1) } // one replica
//
//	func TestStock(t *testing.T) {
//		t.Parallel()
//		db := storetest.Database(t)
//		// write on db.Primary, db.Sync(t), read on db.Replicas[0]
//	}
//
// Each Database is empty and dropped when its test ends, so tests may run in parallel. Redis is one for all of them: use keys that
// hold db.Name, or a server of one's own.
//
// A test that makes servers fail starts its own:
//
//	s := storetest.Start(t, 2)
//	s.Replica(0).Kill()
//
// History holds what many buyers saw at once against what a stock can do (porcupine).
//
// Everything lies in the system's temporary directory and is removed. What a killed test run left there is removed by a
// later one. Packages may be tested in parallel: each has ports, sockets and files of its own.
package storetest
