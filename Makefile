.PHONY: build test lint generate fixtures eval train fuzz
# Where the public corpora are unpacked; see docs/accuracy.md.
CORPORA ?= corpora
FOLDS ?= $(CORPORA)/folds

build:
	CGO_ENABLED=0 go build -trimpath -o bin/dateline ./cmd/dateline
test:
	go test ./...
lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
generate:
	go generate ./...
# Accept what the fixtures give now; read the diff before you commit it.
fixtures:
	go test ./fixtures -update
# Cross-validated where make train has written fold models, else with the shipped model.
eval:
	go run ./eval -corpora $(CORPORA) $(if $(wildcard $(FOLDS)/fold0.bin),-folds $(FOLDS))
train:
	go run ./extract/internal/train -corpora $(CORPORA) -folds $(FOLDS)
FUZZTIME ?= 10s
fuzz:
	go test -run=NONE -fuzz=FuzzText -fuzztime=$(FUZZTIME) ./extract/internal/decode
	go test -run=NONE -fuzz=FuzzURL -fuzztime=$(FUZZTIME) ./normalize
	go test -run=NONE -fuzz=FuzzByline -fuzztime=$(FUZZTIME) ./normalize
