# One static binary on nothing: no shell, no user but an unprivileged one.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /dateline ./cmd/dateline && mkdir /data

# static holds the certificates that crawl needs; time zones are in the binary.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /dateline /dateline
# A new volume takes over the owner of the folder it is mounted on.
COPY --from=build --chown=nonroot:nonroot /data /data
WORKDIR /data
ENTRYPOINT ["/dateline"]
