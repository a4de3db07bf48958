//go:build race

package storetest

// racing tells that the race detector is on.
const racing = true
