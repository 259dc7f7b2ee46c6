.PHONY: kill soak million chaos postgres build test lint lint-tool floor bench generate fixtures eval train ablation fuzz man docker
# Where the public corpora are unpacked; see docs/accuracy.md.
CORPORA ?= corpora
FOLDS ?= $(CORPORA)/folds
GOLANGCI_VERSION = v2.15.0
GOLANGCI ?= $(shell go env GOPATH)/bin/golangci-lint
LINT_INSTALLED = $(GOLANGCI) version 2>/dev/null | grep -q 'version v\?$(GOLANGCI_VERSION:v%=%) '

build:
	CGO_ENABLED=0 go build -trimpath -o bin/dateline ./cmd/dateline
test:
	go test ./...
lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	@if $(LINT_INSTALLED); then $(GOLANGCI) run; else \
		echo "lint: golangci-lint $(GOLANGCI_VERSION) is not installed, its rules were not checked; 'make lint-tool' installs it" >&2; fi
lint-tool:
	@$(LINT_INSTALLED) || go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
generate:
	go generate ./...
# Accept what the fixtures give now; read the diff before you commit it.
fixtures:
	go test ./fixtures -update
# Cross-validated where make train has written fold models, else with the shipped model.
eval:
	go run ./eval -corpora $(CORPORA) $(if $(wildcard $(FOLDS)/fold0.bin),-folds $(FOLDS))
# No figure may fall under eval/floor.tsv.
floor:
	go run ./eval -corpora $(CORPORA) -floor
# Time and memory a page as ratios to html.Parse, the peers in the same run; add
# BENCH=-accuracy for the peers' figures in the table of eval, BENCH=-crawl for a crawl beside bare Colly.
bench:
	cd bench && go run . -corpora $(abspath $(CORPORA)) $(BENCH)
train:
	go run ./extract/internal/train -corpora $(CORPORA) -folds $(FOLDS)
# What each step of the choice of the body adds; ABLATION=all leaves out each group of features too.
ABLATION ?= steps
ablation:
	go run ./extract/internal/train -corpora $(CORPORA) -ablation $(ABLATION)
# Each target in turn, for a time or (as 5000x) for a number of inputs: only with a number can the end of the time
# not be taken for a finding, as Go before 1.27 does on a busy machine (go.dev/issue/75804).
FUZZTIME ?= 10s
fuzz:
	@for at in extract/internal/decode:FuzzText extract/internal/page:FuzzParse extract/internal/page:FuzzParseStream extract/internal/page:FuzzFromMHTML extract/internal/memory:FuzzMemory \
		normalize:FuzzDate normalize:FuzzByline normalize:FuzzDateline normalize:FuzzURL normalize:FuzzText \
		crawler/internal/address:FuzzPlain crawler/internal/discover:FuzzRead crawler/internal/site:FuzzParse crawler/internal/site:FuzzAdd crawler/internal/fetch:FuzzRetryAfter crawler/internal/fetch:FuzzVisible crawler/internal/fetch:FuzzMarked \
		crawler/internal/fetch/robots:FuzzParse crawler/internal/fetch/robots:FuzzMatchAgreesWithTheNaiveOne; do \
		go test -run=NONE -fuzz="^$${at#*:}\$$" -fuzztime=$(FUZZTIME) ./$${at%:*} || exit 1; done
# Dated by the commit, so that the same commit gives the same pages.
man:
	SOURCE_DATE_EPOCH=$(shell git log -1 --format=%ct) go run ./cmd/dateline man dist/man
docker:
	docker build -t dateline .
# 300 kills of a crawl of 50 sites and 5,000 articles, on SQLite; as ".ci/postgres make kill" on PostgreSQL too.
KILLS ?= 300
kill:
	DATELINE_KILLS=$(KILLS) go test -count=1 -timeout 60m -v -run 'Killed|SIGTERM' ./cmd/dateline ./crawler
# A month of cron on 200 fake sites, by a clock of its own: alarms as scripted, memory and state as they should be.
SOAK ?= 200
soak:
	DATELINE_SOAK_SITES=$(SOAK) go test -count=1 -timeout 120m -v -run AMonthOfCron ./crawler
# A crawl of eight sites whose answers go wrong in every way, in full size: memory stays under 200 MB.
chaos:
	DATELINE_CHAOS=1 go test -count=1 -timeout 60m -v -run UnderChaos ./crawler
# A state that knows a million URLs: start-up, look-ups, upserts beside the bare driver, and a run over 100 sites beside them.
MILLION ?= 1000000
million:
	DATELINE_MILLION=$(MILLION) go test -count=1 -timeout 60m -v -run Million ./crawler/internal/state ./crawler
# What needs PostgreSQL, on a server of its own that is thrown away.
postgres:
	.ci/postgres
