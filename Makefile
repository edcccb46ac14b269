# Caveau. "make" alone lists what there is. Works with GNU make 3.81 and later.

GO       ?= go
STATE    := .local
TEMPL    := $(shell find templates -name '*.templ')
MADE     := $(TEMPL:.templ=_templ.go)
ORPHANS  := $(filter-out $(MADE),$(shell find templates -name '*_templ.go'))
MISSING  := $(filter-out $(wildcard $(MADE)),$(MADE))
GENERATE := $(STATE)/stamp/templ

# The Go command is all that is asked for beside make.
ifeq ($(shell command -v $(GO) 2>/dev/null),)
ifneq ($(MAKECMDGOALS),help)
$(error Go is not installed, or not in PATH: see https://go.dev/doc/install (go.mod says which version))
endif
endif

# Where the kernel can, a run ends with the make that started it, even when that is killed.
WITH_MAKE := $(shell setpriv --pdeathsig TERM true 2>/dev/null && echo setpriv --pdeathsig TERM)

.DEFAULT_GOAL := help
.PHONY: help run build generate services browser test check bench soak pictures image force

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: services build ## start the 14 shops with a private MariaDB and Redis (PORT=, CATALOG= MAP=, BACKOFFICE=1)
	@exec $(WITH_MAKE) bin/caveau demo

build: generate ## build bin/caveau, one static binary
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/caveau ./cmd/caveau

generate: $(GENERATE) ## write the Go code of the templates

# A template that was removed leaves no page behind; one whose code is missing is written again.
$(GENERATE): $(TEMPL) go.mod $(if $(MISSING)$(ORPHANS),force)
	@rm -f $(ORPHANS)
	@$(GO) tool templ generate -path templates -log-level error
	@mkdir -p $(@D) && touch $@

force:

services: ## install MariaDB and Redis where they are missing
	@sh .ci/install services

browser: ## install Chromium and its driver where they are missing
	@sh .ci/install browser

test: generate ## install what is missing and run every test
	@sh .ci/install services browser race
	@$(GO) run ./cmd/gate test

check: generate ## formatting, vet and the linters
	@$(GO) run ./cmd/gate check

soak: generate ## the long proofs: every page type in every locale, whole catalogue
	@sh .ci/install services browser race
	@CAVEAU_SOAK=1 $(GO) run ./cmd/gate soak

bench: generate ## measure the figures and print them as one table (about 12 minutes)
	@sh .ci/install services bench
	@$(GO) run ./e2e/bench

pictures: generate ## every page type as PNG under pictures/ (ONLY=vintage-fr narrows it)
	@sh .ci/install services pictures
	@$(GO) run ./e2e/pictures -out pictures -only '$(ONLY)'

image: ## build the container image
	docker build -t caveau .
