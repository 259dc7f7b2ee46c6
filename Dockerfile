# One static binary on nothing: no shell, no user but an unprivileged one.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /dateline ./cmd/dateline

# static holds the certificates and time zones that crawl needs.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /dateline /dateline
WORKDIR /data
ENTRYPOINT ["/dateline"]
