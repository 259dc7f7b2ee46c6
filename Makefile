.PHONY: build test lint generate
build:
	CGO_ENABLED=0 go build -o bin/dateline ./cmd/dateline
test:
	go test ./...
lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
generate:
	go generate ./...
