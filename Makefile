# pf: who is holding this port?
#
#   make            build all programs into build/bin
#   make run        build and run pf with ARGS, such as ARGS=3000
#   make install    install into $(DESTDIR)$(PREFIX); `make uninstall` removes everything
#   make test       run the unit tests and the bats tests, or only: UNIT=table, one unit test
#                   program; TESTS='FILE...', these bats files; FILTER='REGEX', bats tests whose
#                   names match; FIXTURE=proc/udp, one capture
#   make test-windows   test the programs for Windows under Wine
#   make test-vm    test in a virtual machine with systemd, docker and podman
#   make check      check format, layers, headers, static analysis, shell scripts, manual pages
#   make faults     test each program with each call that can fail failing in turn
#   make fuzz       feed random input to every parser, or with NAME=lsof to one
#   make memcheck   run the tests under valgrind
#   make coverage   measure which lines the tests run
#   make bench      compare pf with other programs; QUICK=1: in less than a minute
#   make fixtures   rewrite the expected output of each capture; review the diff
#   make format     format the C sources
#   make dist       pack release archives for DIST_TARGETS into build/dist
#   make deps       install what building, running and testing need; for the other targets:
#                   deps-check, -cross, -emulation, -windows, -vm, -bench, -coverage
#
# See docs/testing.md and docs/releasing.md. Variables for the command line:
#
#   PREFIX, DESTDIR     where to install; default: /usr/local and /
#   BUILD               where to put objects and programs; default: build, or build/TARGET
#   TARGET              another machine: x86_64-linux-musl, aarch64-linux-musl, i386-linux-musl,
#                       s390x-linux-gnu, x86_64-windows, aarch64-macos or x86_64-macos
#   OS                  the folder in lib/os; default: that of TARGET or of this machine
#   CC, CFLAGS, WERROR=1, V=1
#   SANITIZE            list for -fsanitize=; builds into BUILD/sanitize
#   CACHE               keeps what TARGET needs; default: $XDG_CACHE_HOME/pf or ~/.cache/pf
#   FUZZ_SECONDS, FUZZ_RUNS, FUZZ_SEED   limits of each fuzz target (default: 3 s), and its seed

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
TARGET ?=
CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/pf
BUILD ?= build$(addprefix /,$(TARGET))
SANITIZE ?=
CFLAGS ?= -O2 -g
WERROR ?= $(if $(CI),1)
TESTS ?= tests/cli tests/pipeline tests/live
PKG_CONFIG ?= pkg-config
comma := ,

# ---- operating systems ----

# An OS is a folder in lib/os. Of files with the same name, the first in os_folders is built.
system := $(or $(word 2,$(subst -, ,$(TARGET))),$(shell uname -s | tr A-Z a-z))
OS ?= $(patsubst macos,darwin,$(patsubst mingw%,windows,$(patsubst msys%,windows,$(system))))
os_folders := $(addprefix lib/os/,$(OS) $(if $(filter windows,$(OS)),,posix) none)
os_names := $(sort $(notdir $(wildcard $(os_folders:%=%/*.c))))
os_sources := $(wildcard lib/os/*.c) \
	$(foreach name,$(os_names),$(firstword $(wildcard $(os_folders:%=%/$(name)))))

threads := -pthread
ifeq ($(OS),windows)
threads :=
os_libs := -static -liphlpapi
exe := .exe
# msvcrt's own printf formats differ.
printf_format := gnu_printf
endif

# ---- programs: one folder each ----

folder = $(or $(wildcard $(1)),$(wildcard $(patsubst pf-collect-%,collectors/%,$(1)) \
	$(patsubst pf-%,plugins/%,$(1))))
main_file = $(call folder,$(1))/$(1).c
sources = $(filter-out $(main_file),\
	$(wildcard $(addsuffix /*.c,$(call folder,$(1)) $(call folder,$(1))/why)))
all_collectors := $(patsubst collectors/%/,pf-collect-%,$(wildcard collectors/*/))
collectors := $(if $(filter windows,$(OS)),$(all_collectors),\
	$(filter-out pf-collect-iphlpapi,$(all_collectors)))
programs := pf pf-resolve pf-render pf-kill $(collectors) \
	$(patsubst plugins/%/,pf-%,$(wildcard plugins/*/))
manual_pages := $(foreach p,$(programs),$(call folder,$(p))/$(p).1) lib/stream/pf-listener.5
lib_sources := $(wildcard $(patsubst %,lib/%/*.c,base formats cli stream kill)) $(os_sources)

# ---- flags ----

O := $(BUILD)$(if $(FAULTS),/faults)$(if $(SANITIZE),/sanitize)
sanitize_flags := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wvla -Wundef \
	-Wpointer-arith -Wformat=2 -Wimplicit-fallthrough $(if $(WERROR),-Werror)
# Deferred until a program is built: `make deps` may have to install pkg-config first.
ask = $(if $(filter undefined,$(origin known_$(1))),$(eval known_$(1) := $$(shell $(2))))
jansson_cflags = $(call ask,cflags,$(PKG_CONFIG) --cflags jansson)$(known_cflags)
jansson_libs = $(call ask,libs,$(PKG_CONFIG) --libs jansson)$(known_libs)

# 64-bit times and inode numbers on 32-bit glibc. This renames calls that FAULTS wraps by name.
wide_types := $(if $(FAULTS),,-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64)
pf_cppflags = -D_GNU_SOURCE $(wide_types) -DPF_VERSION='"$(VERSION)"' \
	-DPF_PRINTF=$(or $(printf_format),printf) -iquote lib -iquote collectors -iquote pf-resolve \
	$(early_headers) -include lib/base/banned.h $(jansson_cflags)
pf_cflags := -std=c11 $(warnings) $(threads) $(sanitize_flags) $(CFLAGS)
pf_ldflags = $(threads) $(sanitize_flags) $(target_ldflags) $(LDFLAGS)
pf_libs = $(jansson_libs) $(os_libs)

# ---- building ----

say = $(if $(V),,@printf '  %-4s%s\n' $(1) $@; )
objects = $(patsubst %.c,$(O)/obj/%.o,$(1))

.PHONY: all
all: $(programs:%=$(O)/bin/%$(exe))

ifneq ($(TARGET),)
$(BUILD)/cross.mk: build-aux/cross.sh
	@mkdir -p $(@D)
	@sh $< $(TARGET) '$(CACHE)' $(@D) >$@.new && mv $@.new $@
include $(BUILD)/cross.mk
endif

# With FAULTS, these calls go through tests/faults/faults.c.
fault_calls := malloc calloc realloc read write recv openat open close readlink readlinkat stat \
	lstat getxattr fstat fstatat fstatfs pipe poll waitpid waitid execv kill posix_spawn \
	pthread_create socket bind setsockopt send syscall
fault_objects := $(if $(FAULTS),$(O)/obj/tests/faults/faults.o)
fault_ldflags := $(if $(FAULTS),$(fault_calls:%=-Wl$(comma)--wrap=%))

# All files but the main one go into an archive: zig's linker for macOS crashes on some orders of many
# objects.
define program_rule
$(O)/bin/$(1)$(exe): $(call objects,$(main_file)) $(if $(exe),$(O)/obj/$(1).res) $(O)/$(1).a \
	$(if $(filter pf-collect-%,$(1)),$(O)/collectors.a) $(O)/libpf.a
$(O)/$(1).a: $(call objects,$(sources))
endef
$(foreach p,$(programs),$(eval $(call program_rule,$(p))))

link = @mkdir -p $(@D) && $(if $(V),,printf '  %-4s%s\n' LD $@ &&) $(CC) $(pf_ldflags) -o $@

$(programs:%=$(O)/bin/%$(exe)): $(fault_objects)
	$(link) $(fault_ldflags) $^ $(pf_libs)

$(O)/libpf.a: $(call objects,$(lib_sources))
$(O)/collectors.a: $(call objects,$(wildcard collectors/*.c))
$(O)/libpf.a $(O)/collectors.a $(programs:%=$(O)/%.a):
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# The Windows headers use names that banned.h poisons.
$(call objects,$(wildcard lib/os/windows/*.c tests/helpers/windows/*.c)): early_headers := \
	-D_WIN32_WINNT=0x0601 -include lib/os/windows/headers.h

$(O)/obj/%.res: build-aux/windows.rc build-aux/windows.manifest Makefile
	@mkdir -p $(@D)
	$(call say,RC)$(WINDRES) -I build-aux -DPROGRAM=$* -DVERSION=$(VERSION) \
		-DVERSION_NUMBERS=$(subst .,$(comma),$(VERSION)),0 -O coff -o $@ $<

# Changed flags rebuild everything.
$(O)/obj/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(pf_cppflags) $(pf_cflags) -MMD -MP -c -o $@ $<

.PHONY: force
$(O)/flags: force | $(filter deps%,$(MAKECMDGOALS))
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(pf_cppflags) $(pf_cflags) $(pf_ldflags) $(OS))' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)

# ---- running, installing ----

.PHONY: run install install-completions uninstall dist clean format
# Exit status 1 means that nothing listens, which is not a failure.
run: all
	@$(O)/bin/pf $(ARGS) || [ $$? = 1 ]
	@[ -n '$(ARGS)' ] || echo 'pf is $(O)/bin/pf. For one port: make run ARGS=3000' >&2

deps:
	@sh build-aux/deps.sh test
deps-%:
	@sh build-aux/deps.sh $*

bindir := $(DESTDIR)$(PREFIX)/bin
sharedir := $(DESTDIR)$(PREFIX)/share
mandir := $(sharedir)/man

# bash-completion and fish look for a file named after the program, so each program has a link.
complete_bash := bash-completion/completions
complete_zsh := zsh/site-functions
complete_fish := fish/vendor_completions.d
completions := $(complete_bash)/pf $(complete_zsh)/_pf $(complete_fish)/pf.fish
stages := $(filter-out pf,$(programs))

install: all $(if $(exe),,install-completions)
	install -d '$(bindir)' '$(mandir)/man1' '$(mandir)/man5'
	install $(programs:%=$(O)/bin/%$(exe)) '$(bindir)'
	install -m 644 $(filter %.1,$(manual_pages)) '$(mandir)/man1'
	install -m 644 $(filter %.5,$(manual_pages)) '$(mandir)/man5'

install-completions:
	install -d $(patsubst %,'$(sharedir)/%',$(complete_bash) $(complete_zsh) $(complete_fish))
	install -m 644 completions/pf.bash '$(sharedir)/$(complete_bash)/pf'
	install -m 644 completions/_pf '$(sharedir)/$(complete_zsh)'
	install -m 644 completions/pf.fish '$(sharedir)/$(complete_fish)'
	@for stage in $(stages); do \
		ln -sf pf '$(sharedir)/$(complete_bash)'/$$stage && \
		ln -sf pf.fish '$(sharedir)/$(complete_fish)'/$$stage.fish || exit 1; \
	done

uninstall:
	rm -f $(programs:%='$(bindir)/%$(exe)')
	rm -f $(patsubst %,'$(mandir)/man1/%',$(notdir $(filter %.1,$(manual_pages))))
	rm -f $(patsubst %,'$(mandir)/man5/%',$(notdir $(filter %.5,$(manual_pages))))
	rm -f $(patsubst %,'$(sharedir)/%',$(completions) \
		$(addprefix $(complete_bash)/,$(stages)) $(stages:%=$(complete_fish)/%.fish))

DIST_TARGETS ?= x86_64-linux-musl aarch64-linux-musl x86_64-windows aarch64-macos x86_64-macos

dist:
	+@MAKE='$(MAKE)' sh build-aux/dist.sh '$(VERSION)' '$(BUILD)/dist' '$(BUILD)/dist-objects' \
		$(DIST_TARGETS)

clean:
	rm -rf build

format:
	clang-format -i $(c_files)

# ---- testing, measuring ----

include tests/rules.mk

# ---- checking ----

c_files := $(shell find lib collectors pf pf-* plugins tests -name '*.[ch]' 2>/dev/null)
shell_files := .ci/run $(shell find build-aux completions fixtures tests -name '*.sh' \
	-o -name '*.bash' -o -name '*.bats')
# The headers of macOS and Windows are missing here; cross-compiling checks these files.
foreign := lib/os/darwin/% lib/os/windows/% tests/helpers/windows/%
native_c := $(filter-out tests/unit/% $(foreign),$(filter %.c,$(c_files)))
check_flags = $(pf_cppflags) $(addprefix -iquote ,pf-render pf-kill pf) -std=c11
at_once := xargs -P $(shell getconf _NPROCESSORS_ONLN) -n

.PHONY: check check-format check-layers check-tidy check-cppcheck check-shell check-manual \
	check-headers
check: check-format check-layers check-headers check-shell check-manual check-cppcheck check-tidy

check-format:
	clang-format --dry-run --Werror $(c_files)

check-layers:
	sh build-aux/layers.sh

check-tidy:
	@printf '%s\n' $(native_c) | $(at_once) 8 sh -c 'clang-tidy --quiet "$$@" \
		-- $(subst ','\'',$(check_flags)) 2>/dev/null' -

check-cppcheck:
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -j 2 \
		--enable=warning,style,performance,portability \
		--suppress=missingIncludeSystem --suppress=constParameterCallback \
		--suppress=ctuuninitvar --suppress=unusedStructMember \
		--suppress=knownConditionTrueFalse \
		$(addprefix -I,lib collectors pf-resolve pf-render pf-kill pf) $(native_c)

check-shell:
	@printf '%s\n' $(shell_files) | $(at_once) 12 shellcheck

check-manual:
	mandoc -Tlint -Wwarning $(shell find lib collectors pf pf-* plugins -name '*.[1-8]' 2>/dev/null)

# Each header must compile alone.
check-headers:
	@printf '%s\n' $(filter-out lib/os/windows/headers.h,$(filter %.h,$(c_files))) | $(at_once) 1 \
		$(CC) $(check_flags) -Wno-unused -fsyntax-only -x c
