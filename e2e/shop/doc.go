// Package shop starts the whole shop as a person does, with the real binary: "caveau demo" on a free port, in a folder of its own.
//
//	binary, err := shop.Build(dir)
//	s, err := shop.Start(ctx, binary, filepath.Join(dir, "shop"))
//	defer s.Stop()
//	res, err := s.Client().Get(s.URL("fr", "/millesime/1990"))
//
// Stories and pictures see what shoppers see: one MariaDB primary, two replicas, a Redis and a server, as processes of their own.
// The child ends with the process that started it, on Linux also when that is killed.
package shop
