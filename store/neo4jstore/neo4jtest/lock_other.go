//go:build !unix

package neo4jtest

import "os"

// lockFile does nothing: without locks, run the packages one after the other (go test -p 1).
func lockFile(*os.File) error { return nil }
