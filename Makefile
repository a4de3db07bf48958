# The commands of daily work; `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo unknown)
FUZZTIME ?= 5s
CHECKS := lint generated race hub faults fuzz web browser audit judges benchtiny

.PHONY: help build test generate generated lint race hub fuzz web browser audit judges fuzzql faults bench benchtiny check clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/dramatis, one static file
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/dramatis .

test: ## run the tests on SQLite (and on Neo4j if DRAMATIS_TEST_NEO4J is set)
	go test ./...

generate: ## write the generated code anew
	go generate ./...

# Compares with the files as they were rather than with the last commit, so that
# it also works while changes are uncommitted.
SUMS := find graph \( -path 'graph/generated/*' -o -path 'graph/model/*' -o -name '*.resolvers.go' \) -type f -exec cksum {} + | sort -k 3

generated: ## write the generated code anew and fail if that changes it
	@before=$$($(SUMS)); go generate ./...; after=$$($(SUMS)); \
	if ! diff <(echo "$$before") <(echo "$$after"); then \
		echo 'The files above were not what go generate makes; they are now.' >&2; exit 1; \
	fi

lint: ## gofmt, go vet and staticcheck
	@unformatted=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); \
	if [[ -n $$unformatted ]]; then echo 'gofmt -w is needed on:' $$unformatted >&2; exit 1; fi
	go vet -tags faults ./...
	go vet -C tools ./...
	go vet -C bench ./...
	go tool -modfile=tools/go.mod staticcheck -tags faults ./...
	cd bench && go tool -modfile=../tools/go.mod staticcheck ./...

# SUMMARY=FILE also writes the package lines and the counts to FILE.
race: ## run the tests under the race detector on SQLite and on a real Neo4j
	DRAMATIS_NEO4J_REQUIRED=1 CGO_ENABLED=1 scripts/neo4j run go test -race -count=1 -timeout 30m -json ./... | \
		go run -C tools ./testreport $(if $(SUMMARY),-summary '$(abspath $(SUMMARY))')

# Not under the race detector: with it, SQLite, which is C made into Go, takes half an
# hour to write so much.
hub: ## ask a graph whose hub has 100,000 relationships, on both stores
	DRAMATIS_NEO4J_REQUIRED=1 scripts/neo4j run go test -count=1 -timeout 20m -run TestAll/Hub -v ./store/sqlitestore ./store/neo4jstore | grep -v '^=== '

# Before Go 1.27 a target can fail with "context deadline exceeded" and no failing
# input when the time is up (golang/go#75804); that says nothing about the code.
fuzz: ## run each fuzz target for FUZZTIME (default 5s)
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; status=0; \
	go test -list '^Fuzz' ./... >"$$log" || { cat "$$log"; exit 1; }; \
	targets=$$(awk '/^Fuzz/ {names[++n] = $$1} /^ok/ {for (i = 1; i <= n; i++) print $$2, names[i]; n = 0}' "$$log"); \
	while read -r package target; do \
		[[ -n $$target ]] || continue; \
		echo "$$target ($$package)"; \
		if go test -run '^$$' -fuzz "^$$target\$$" -fuzztime '$(FUZZTIME)' "$$package" >"$$log" 2>&1 </dev/null; then \
			tail -n 1 "$$log"; \
		elif grep -q '^ *context deadline exceeded$$' "$$log" && ! grep -q 'Failing input' "$$log"; then \
			echo 'time was up in the middle of an input; nothing found'; \
		else \
			cat "$$log"; status=1; \
		fi; \
	done <<<"$$targets"; \
	exit $$status

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci && touch node_modules/.package-lock.json

web: web/node_modules/.package-lock.json ## check web/: types, lint, unit tests, and that dist is what the sources make
	cd web && npm run check

browser: web/node_modules/.package-lock.json ## try the pages in Chromium on the real server; the explorer's stories on Neo4j too
	export DRAMATIS_PYTHON=$$(scripts/judges/python); (cd web && npm run test:browser); \
	scripts/neo4j run bash -c 'cd web && DRAMATIS_BROWSER_STORE=$$DRAMATIS_TEST_NEO4J npm run test:browser -- --testNamePattern "^story:"'

audit: web/node_modules/.package-lock.json ## the 61 audits of GraphQL over HTTP (npm graphql-http)
	scripts/serve node web/tests/audit.mjs

judges: ## have every format that is written judged by programs of others (Python)
	scripts/judges/run

fuzzql: ## random operations by schemathesis (Python): no crash, no INTERNAL
	scripts/serve scripts/fuzzql

# The full measure is ROUNDS=20 ATTACK=1m.
ROUNDS ?= 2
ATTACK ?= 15s
faults: ## pull the plug of the program, of Neo4j and of the disk; attack the server
	DRAMATIS_FAULT_ROUNDS=$(ROUNDS) DRAMATIS_ATTACK_TIME=$(ATTACK) DRAMATIS_NEO4J_REQUIRED=1 scripts/neo4j run \
		go test -tags faults . -count=1 -timeout 60m -v -run 'Killed|Terminated|DiskFull|UnderAttack' | grep -v '^=== '

bench/peer/node_modules/.package-lock.json: bench/peer/package.json bench/peer/package-lock.json
	cd bench/peer && npm ci --loglevel error && touch node_modules/.package-lock.json

# docs/performance.md tells what is compared. Of several sizes, the first is for all stores, the others for sqlite alone.
SIZE ?= 100000
STORES ?= sqlite,neo4j,peer,limit
BENCHFLAGS ?=
bench: $(if $(findstring peer,$(STORES)),bench/peer/node_modules/.package-lock.json) ## measure speed: SIZE=entities STORES=sqlite,neo4j,peer,limit (needs Node and some 20 minutes)
	$(if $(filter-out sqlite,$(STORES)),NEO4J_HEAP=2g NEO4J_PAGECACHE=1g scripts/neo4j run) go run -C bench . -entities '$(SIZE)' -targets '$(STORES)' $(BENCHFLAGS)

benchtiny: bench/peer/node_modules/.package-lock.json ## try the benchmark on a small graph: that all answers agree, not how fast they come
	go test -C bench ./...
	scripts/neo4j run go run -C bench . -tiny

# All of them run even when one fails: one run tells everything.
check: ## lint, generated, race, hub, faults, fuzz, web, browser, audit, judges and benchtiny: what a change must pass
	@failed=; \
	for target in $(CHECKS); do \
		echo "== make $$target"; SECONDS=0; result=ok; \
		$(MAKE) --no-print-directory $$target || { result=FAILED; failed+=" $$target"; }; \
		echo "== make $$target: $$result, $$SECONDS s"; \
	done; \
	if [[ -n $$failed ]]; then echo "Failed:$$failed" >&2; exit 1; fi

clean: ## remove what was built
	rm -rf bin coverage .cache
