# The image holds the binary alone: no shell, no libraries, no package manager. Time zones and root certificates
# are embedded in it (cmd/caveau). It runs as a user without a name, and needs no file to write to:
#
#   docker run --read-only --cap-drop=ALL -p 8080:8080 --env-file caveau.env caveau
#
# Pinned by version here; a deployment that wants the very same bytes pins the digest as well.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src

# The modules change less often than the code: they are a layer of their own.
COPY go.mod go.sum ./
RUN go mod download && go mod verify

COPY . .
RUN go tool templ generate -path templates -log-level error
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/caveau ./cmd/caveau

FROM scratch
COPY --from=build /out/caveau /caveau
USER 65532:65532
# Inside of a container everything listens on all addresses; what the balancer may reach is the network's matter.
ENV CAVEAU_ADDR=0.0.0.0:8080 CAVEAU_ADMIN_ADDR=0.0.0.0:8081
EXPOSE 8080 8081
ENTRYPOINT ["/caveau"]
CMD ["serve"]
