// Package web holds the pages that run in a browser, as web/build.mjs makes them from web/src. dist is committed, so
// that who builds or tests the server needs no Node.
package web

import "embed"

// Dist has below dist/ each file either as it is or, if compression makes it smaller, as FILE.br and FILE.gz. The
// names of files in dist/assets contain a hash of their content.
//
//go:embed all:dist
var Dist embed.FS

// Documents are what the explorer asks, by the hashes of the texts: a manifest as graphql-codegen writes it.
//
//go:embed documents.json
var Documents []byte
