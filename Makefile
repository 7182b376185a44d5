# Nephograph. `make` lists what there is to make.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo run test race lint bench soak build install clean build-packages display-packages

MODULE  := github.com/nephograph/nephograph
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
LDFLAGS := -X main.version=$(VERSION) -X main.commit=$(COMMIT)
# Fyne asks for this tag from programs that touch the screen on its own goroutine only.
TAGS    := -tags migrated_fynedo
# A distribution's older Go fetches the one that go.mod names: from 1.21 on by itself, before that as install does below.
export GOTOOLCHAIN ?= auto
TOOLCHAIN     := golang.org/toolchain@v0.0.1-go$(shell awk '/^go / { print $$2 }' go.mod).$(shell uname -s | tr A-Z a-z)-$(patsubst aarch64,arm64,$(patsubst x86_64,amd64,$(shell uname -m)))
TOOLCHAIN_DIR := $(or $(GOMODCACHE),$(or $(GOPATH),$(HOME)/go)/pkg/mod)/$(TOOLCHAIN)
ifneq ($(wildcard $(TOOLCHAIN_DIR)/bin/go),)
export PATH := $(TOOLCHAIN_DIR)/bin:$(PATH)
endif
# Whether go is there and fetches newer ones by itself.
GO_IS_NEW := command -v go >/dev/null && ! [[ $$(go env GOVERSION 2>/dev/null) =~ ^(go1\.(1?[0-9]|20)(\.|$$)|$$) ]]

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Everything but the root package, which alone needs cgo and a display.
PARTS = $$(go list $(TAGS) ./... | grep -vx '$(MODULE)')
# A display of the design's size that nobody sees. GLFW reads the keyboard only under a UTF-8 locale.
VIRTUAL := LC_ALL=en_US.UTF-8 xvfb-run --auto-servernum --server-args='-screen 0 1440x900x24 -nolisten tcp'

BUILD_PACKAGES   := ca-certificates gcc libc6-dev pkg-config git libgl1-mesa-dev xorg-dev libxkbcommon-dev libwayland-dev
DISPLAY_PACKAGES := xvfb xauth libgl1-mesa-dri xdotool

# install installs the Debian packages among $(1) that lack, as root or with sudo.
define install
	if command -v dpkg-query apt-get >/dev/null; then \
	  missing=(); \
	  for p in $(1); do \
	    [[ $$(dpkg-query -W -f='$${Status}' $$p 2>/dev/null) == *' ok installed' ]] || missing+=($$p); \
	  done; \
	  command -v go >/dev/null || missing+=(golang-go); \
	  if (($${#missing[@]})); then \
	    echo "Installing $${missing[*]}"; \
	    root=; if ((EUID)); then root=sudo; fi; \
	    $$root apt-get update -qq; \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $${missing[@]} >/dev/null; \
	  fi; \
	elif [[ $$(uname) == Darwin ]]; then \
	  xcode-select -p >/dev/null || { echo 'Xcode command line tools are missing: run xcode-select --install.' >&2; exit 1; }; \
	else \
	  echo 'Not Debian or Ubuntu: this needs a C compiler, pkg-config, the headers of OpenGL, X11, xkbcommon and Wayland, and for tests Xvfb.' >&2; \
	fi; \
	if ! { $(GO_IS_NEW); } && command -v go >/dev/null; then \
	  echo 'The Go of this system is older than 1.21. Fetching $(TOOLCHAIN) as a module, some 70 MB, checked by its sum.'; \
	  (cd / && go mod download $(TOOLCHAIN)); \
	  chmod +x '$(TOOLCHAIN_DIR)'/bin/* '$(TOOLCHAIN_DIR)'/pkg/tool/*/*; \
	  export PATH='$(TOOLCHAIN_DIR)/bin':"$$PATH"; \
	fi; \
	if ! { $(GO_IS_NEW); }; then \
	  echo 'Go 1.21 or newer is needed, which fetches the version that go.mod names: see https://go.dev/dl.' >&2; exit 1; \
	fi
endef

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## open the window on a made-up incident; without a display, write a picture of each screen under out/
	@if [[ $$(uname) == Linux && -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then $(call install,$(DISPLAY_PACKAGES)); fi
	./nephograph demo

run: build ## open the window on your own AWS accounts
	./nephograph

test: build-packages display-packages ## run the whole suite, the part with a window on a virtual display
	CGO_ENABLED=0 go test $(TAGS) $(PARTS)
	$(VIRTUAL) go test $(TAGS) -ldflags '$(LDFLAGS)' -timeout 20m .

race: build-packages ## run the tests of every part under the race detector, with fewer cases of each property
	CGO_ENABLED=1 go test -race -short $(TAGS) -timeout 30m $(PARTS)

lint: build-packages ## check format, go vet and staticcheck
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [[ -n $$unformatted ]]; then echo "Not formatted by gofmt: $$unformatted" >&2; exit 1; fi
	go vet $(TAGS) ./...
	go run $(STATICCHECK) $(TAGS) ./...

bench: build build-packages display-packages ## measure the pull of the demo day, the window, and a cache of a million events beside ripgrep, lnav and sqlite3
	CGO_ENABLED=0 go test $(TAGS) -run '^$$' -bench . -benchmem ./views/ui ./views/chart ./views/shell ./views/alarms ./views/timeline ./cache/block ./cache/chunk ./cache/automaton ./app/mask ./app/pattern ./app/insight
	$(VIRTUAL) go test $(TAGS) -ldflags '$(LDFLAGS)' -run '^$$' -bench DemoDay -benchtime 1x -timeout 20m .
	CGO_ENABLED=1 go test $(TAGS) -ldflags '$(LDFLAGS)' -run '^$$' -bench 'Timeline|Alarms' -benchtime 100x -timeout 20m .
	CGO_ENABLED=0 go test $(TAGS) -run '^$$' -bench 'Bulk(Search|Expression|Histogram|Series|Open)' -benchtime 7x -timeout 60m ./cache
	CGO_ENABLED=0 go test $(TAGS) -run '^$$' -bench 'Bulk(KeepLogs|Memory)' -benchtime 1x -timeout 60m ./cache
	CGO_ENABLED=0 NEPHOGRAPH_BENCH=1 NEPHOGRAPH=$(CURDIR)/nephograph go test $(TAGS) -run TestSideBySide -v -timeout 60m ./cache

soak: build-packages ## run the long forms of the property, fault and kill tests: under 20 minutes
	CGO_ENABLED=0 NEPHOGRAPH_SOAK=1 go test $(TAGS) -timeout 20m ./app/... ./cache/... ./providers/...
	CGO_ENABLED=1 NEPHOGRAPH_SOAK=1 go test $(TAGS) -ldflags '$(LDFLAGS)' -timeout 20m -run 'Late|Forty|Secret|Masking|Cap|Billed|Incidents' .
	CGO_ENABLED=0 go test $(TAGS) -timeout 20m ./app ./app/mask ./app/pull ./cache ./cache/block ./cache/settings -rapid.checks=500

# A cold build says that it goes on. read waits without a process of its own, which would outlive it.
build: build-packages ## build ./nephograph
	@if [[ -x '$(TOOLCHAIN_DIR)/bin/go' ]]; then export PATH='$(TOOLCHAIN_DIR)/bin':"$$PATH"; fi; \
	echo 'Building ./nephograph. The first time takes some minutes, most of them for the C code of OpenGL.'; \
	( exec 3<> <(:); while ! read -rt 15 -u 3; do echo "Still building, $$SECONDS s"; done ) & ticker=$$!; \
	trap "kill $$ticker 2>/dev/null" EXIT; \
	CGO_ENABLED=1 go build $(TAGS) -ldflags '$(LDFLAGS)' -o nephograph .

install: build-packages ## install nephograph where go install puts programs
	CGO_ENABLED=1 go install $(TAGS) -ldflags '$(LDFLAGS)' .

clean: ## remove what was built
	rm -rf nephograph out

build-packages:
	@$(call install,$(BUILD_PACKAGES))

display-packages:
	@$(call install,$(DISPLAY_PACKAGES))
