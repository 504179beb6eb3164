# The two commands of the README: make demo, make check. The others are for people who build.
PREFIX ?= /usr/local
SERVE ?= 1

.PHONY: all build demo check bench bench-ocr bench-names bench-room install clean

all: build

build/build.ninja:
	tools/setup build
	meson setup build --prefix "$(PREFIX)" --buildtype release

build: build/build.ninja
	@tools/setup build
	@ninja -C build

demo:
	@tools/setup build run
	@test -e build/build.ninja || meson setup build --prefix "$(PREFIX)" --buildtype release
	@ninja -C build
	@SERVE=$(SERVE) tools/demo build

check:
	@tools/setup build run check
	@tools/check

bench:
	@tools/setup build run check bench
	@tests/bench/run

bench-ocr: build
	@tools/setup run bench
	@tests/bench/ocr.sh build/sanad

bench-names: build
	@tools/setup run check bench
	@tests/bench/names.sh build/sanad

bench-room: build
	@tools/setup run check bench
	@tests/bench/room.sh build/sanad

install: build
	@meson configure build --prefix "$(PREFIX)"
	@ninja -C build
	DESTDIR="$(DESTDIR)" meson install -C build --no-rebuild --quiet

clean:
	rm -rf build build-*
