# Edgewise. `make help` lists the targets. One makefile; a new file in src/, tests/, bench/ or examples/ needs
# no edit here.
# What include/edgewise/api.h says.
VERSION := $(shell sed -n 's/^.define EW_VERSION_[A-Z]* \([0-9]*\)$$/\1/p' include/edgewise/api.h | paste -s -d .)
SOVERSION = 0

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions

CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build
CLANG_FORMAT ?= clang-format
CPPCHECK ?= cppcheck

# Which headers and libraries the machine has: FLINT 3, or FLINT 2.9 with a separate Arb.
CONFIG = $(BUILD)/config.mk
# Goals that set up first do the rest in a sub-make, and ask for nothing before; `make clean all` does.
ifneq ($(filter-out help clean lint format uninstall verify prove test asan coverage fuzz bench,$(or $(MAKECMDGOALS),all)),)
include $(CONFIG)
endif

EW_CFLAGS = -std=c17 -fopenmp -Wall -Wextra -Wpedantic -fPIC -fvisibility=hidden -MMD -MP \
            -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -I$(BUILD)/text $(EW_WARNINGS) $(EW_DEP_CFLAGS)
ifdef SAN
EW_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
CFLAGS = -O1 -g
endif

ifdef COVERAGE
CFLAGS = -O1 -g --coverage
LDFLAGS += --coverage
endif
ifdef FUZZ # by clang: one that stands in the harnesses alone, and what it asks of the code that they call
EW_CFLAGS += -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
             -Wno-pass-failed
LDFLAGS += -fsanitize=fuzzer,address,undefined
CFLAGS = -O1 -g
endif

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c src/*/*/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
TEST_SRC := $(filter-out tests/fuzz/% tests/preload/%,$(wildcard tests/*.c tests/*/*.c))
FUZZ_SRC := $(wildcard tests/fuzz/*.c)
CHECK_SRC := $(filter-out check/main.c,$(wildcard check/*.c))
BENCH_SRC := $(wildcard bench/*.c)
EXAMPLES := $(patsubst examples/%.c,$(BUILD)/examples/%,$(wildcard examples/*.c))
objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

PROGRAM = $(BUILD)/edgewise
STATIC = $(BUILD)/libedgewise.a
SHARED = $(BUILD)/libedgewise.so
CHECKER = $(BUILD)/edgewise-check
TESTS = $(BUILD)/tests
FAILING = $(BUILD)/failing.so
BENCH = $(BUILD)/bench

.PHONY: all verify prove mutants test run-tests asan coverage run-coverage fuzz run-fuzz valgrind bench examples lint format pictures install uninstall clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAM) $(CHECKER) $(STATIC) $(SHARED) ## build both programs and both libraries (default)

$(CONFIG): scripts/configure.sh
	@mkdir -p $(@D)
	@CC="$(CC)" scripts/configure.sh > $@.new || { cat $@.new >&2; rm -f $@.new; exit 4; }
	@mv $@.new $@

# The flags are in this makefile, so a change here rebuilds too.
$(BUILD)/obj/%.o: %.c $(CONFIG) Makefile
	@mkdir -p $(@D)
	$(CC) $(EW_CFLAGS) $(EXTRA) $(CFLAGS) -c $< -o $@

# Texts that are compiled in, each line as a string of C.
$(BUILD)/text/%.inc: src/% Makefile
	@mkdir -p $(@D)
	sed 's/[\\"]/\\&/g; s/^/"/; s/$$/\\n",/' $< > $@

$(BUILD)/obj/src/report/page/page.o: $(BUILD)/text/report/page/page.css.inc $(BUILD)/text/report/page/page.js.inc

$(call objects,$(TEST_SRC)): EXTRA = -Itests -I. -DEW_PROGRAM='"$(PROGRAM)"' -DEW_CHECKER='"$(CHECKER)"' \
                                     -DEW_EXAMPLES_DIR='"$(BUILD)/examples"' -DEW_TESTS_PROGRAM='"$(TESTS)"' \
                                     -DEW_CC='"$(CC)"' -DEW_LDFLAGS='"$(LDFLAGS)"' -DEW_CONFIG='"$(CONFIG)"' \
                                     -DEW_SHARED='"$(SHARED)"' -DEW_STATIC='"$(STATIC)"' -DEW_FAILING='"$(FAILING)"' \
                                     -DEW_TEST_GOAL='"$(if $(SAN),asan,test)"'
$(call objects,$(BENCH_SRC)): EXTRA = $(EW_BENCH_CFLAGS)

$(STATIC): $(call objects,$(LIB_SRC))
	@rm -f $@
	$(AR) rcs $@ $^

$(SHARED): $(call objects,$(LIB_SRC))
	printf 'EDGEWISE_$(SOVERSION) {\n    global: ew_*;\n    local: *;\n};\n' > $(BUILD)/edgewise.map
	$(CC) -shared -fopenmp -Wl,-soname,libedgewise.so.$(SOVERSION),--version-script=$(BUILD)/edgewise.map \
	    $(LDFLAGS) $^ -o $@.$(VERSION) $(EW_LIBS)
	ln -sf libedgewise.so.$(VERSION) $@.$(SOVERSION)
	ln -sf libedgewise.so.$(SOVERSION) $@

$(PROGRAM): $(call objects,$(CLI_SRC)) $(STATIC)
	$(CC) -fopenmp $(LDFLAGS) $^ -o $@ $(EW_LIBS)

# It shares nothing with the rest, nor any library but GMP.
$(CHECKER): $(wildcard check/*) Makefile
	@mkdir -p $(@D)
	$(CC) -std=c17 -Wall -Wextra -Wpedantic $(CFLAGS) $(LDFLAGS) check/*.c -lgmp -o $@

# Makes allocations fail, under a test.
$(FAILING): tests/preload/failing.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c17 -Wall -Wextra -O2 -fPIC -shared $< -o $@ -ldl

# The harnesses are compiled with the tests, so that they keep up with what they call.
$(TESTS): $(call objects,$(TEST_SRC) $(CHECK_SRC)) $(STATIC) | $(FAILING) $(call objects,$(FUZZ_SRC))
	$(CC) -fopenmp $(LDFLAGS) $^ -o $@ -lcmocka $(EW_LINEAR_LIBS) $(EW_LIBS)

$(BENCH): $(call objects,$(BENCH_SRC)) $(STATIC)
	$(CC) -fopenmp $(LDFLAGS) $^ -o $@ $(EW_BENCH_LIBS) $(EW_LINEAR_LIBS) $(EW_LIBS)

# What any program on FLINT takes to start.
$(BUILD)/empty: $(CONFIG)
	echo 'int main(void) { return 0; }' | $(CC) -x c - -o $@ -Wl,--no-as-needed $(EW_FLINT_LIBS)

$(BUILD)/examples/%: $(BUILD)/obj/examples/%.o $(STATIC)
	@mkdir -p $(@D)
	$(CC) -fopenmp $(LDFLAGS) $^ -o $@ $(EW_LIBS)

examples: $(EXAMPLES) ## build the example programs in build/examples

# The sub-makes start after set-up, so that they see what it installed.
verify: ## the main job: set up, build, and check every claim on the poster's problem
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory all
	@scripts/verify.sh $(PROGRAM) $(BUILD)/report/index.html

prove: ## prove the theorems for every depth and step size, and check the certificate again
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory all
	$(PROGRAM) prove --certificate $(BUILD)/theorems.cert
	$(CHECKER) $(BUILD)/theorems.cert

mutants: all $(TESTS) ## break the prover on purpose and see who notices
	tests/mutants.sh

test: ## set up, build and run all tests (FILTER='*name*' FILE='test_cli*' SEED=n JOBS=n)
	@scripts/setup.sh build test
	@$(MAKE) --no-print-directory run-tests

run-tests: $(PROGRAM) $(CHECKER) $(SHARED) $(TESTS) $(EXAMPLES)
	EW_TEST_SEED=$(SEED) $(TESTS) $(if $(JOBS),-j $(JOBS)) $(if $(FILE),-f '$(FILE)') $(if $(FILTER),'$(FILTER)')

asan: ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/setup.sh build test
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SAN=1 run-tests

coverage: ## lines and branches that the tests reach, in build/coverage/index.html and in a summary
	@scripts/setup.sh build test coverage
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/coverage COVERAGE=1 run-coverage

# Where a test forbids large files, the counts of that program are lost, without a word.
run-coverage: $(PROGRAM) $(CHECKER) $(TESTS) $(EXAMPLES)
	find $(BUILD) -name '*.gcda' -delete
	GCOV_ERROR_FILE=/dev/null $(TESTS) $(if $(JOBS),-j $(JOBS)) -t 3600 $(if $(FILE),-f '$(FILE)')
	gcovr -r . --object-directory $(BUILD) --filter src/ --filter check/ --html-details $(BUILD)/index.html \
	    --json $(BUILD)/coverage.json $(BUILD)
	/usr/bin/python3 tests/coverage.py $(BUILD)/coverage.json

fuzz: ## build the harnesses with clang, and run each for SECONDS=60
	@scripts/setup.sh build fuzz
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang FUZZ=1 run-fuzz

FUZZERS = $(patsubst tests/fuzz/%.c,$(BUILD)/harness/%,$(FUZZ_SRC))

run-fuzz: $(FUZZERS)
	tests/fuzz/run.sh $(or $(SECONDS),60) $(BUILD) $(FUZZERS)

$(call objects,$(FUZZ_SRC)): EXTRA = -I.

# What a harness may call of the program and the checker; an archive, as main would be one too many.
$(BUILD)/program.a: $(call objects,$(CLI_SRC) $(CHECK_SRC))
	@rm -f $@
	$(AR) rcs $@ $^

$(FUZZERS): $(BUILD)/harness/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/program.a $(STATIC)
	@mkdir -p $(@D)
	$(CC) -fopenmp $(LDFLAGS) $^ -o $@ $(EW_LIBS)

VALGRIND = valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
           --errors-for-leak-kinds=definite
VALGRIND_TESTS = parse_bad nearest_doubles ends_and_values maps_agree arithmetics_agree depth_two_in_closed_form \
                 lemma_c_holds balls_hold_exact_trajectory found_and_refused counterexample_is_exact \
                 diagrams_can_be_stopped figures_can_be_stopped second_cycles_are_the_orbits

valgrind: $(PROGRAM) $(CHECKER) $(TESTS) ## the program's commands and some tests under valgrind
	$(VALGRIND) $(PROGRAM) orbit --depth 9 --s 2.2 --digits 100 --polynomial --json > /dev/null
	$(VALGRIND) $(PROGRAM) orbit --depth 2 --eta 1 --period 4 --polynomial --json > /dev/null
	$(VALGRIND) $(PROGRAM) orbit --depth 3 --eta 6/5 --period 3 > /dev/null
	$(VALGRIND) $(PROGRAM) prove orbit-roots --region 900:1000 --certificate $(BUILD)/valgrind.cert --json > /dev/null
	$(VALGRIND) $(PROGRAM) prove orbit-roots --region 900:1000 --resume $(BUILD)/valgrind.cert > /dev/null
	$(VALGRIND) $(CHECKER) $(BUILD)/valgrind.cert > /dev/null
	$(VALGRIND) $(PROGRAM) orbit --depth 5 --s 2 --certificate $(BUILD)/valgrind.cert > /dev/null
	$(VALGRIND) $(CHECKER) $(BUILD)/valgrind.cert > /dev/null
	$(VALGRIND) $(PROGRAM) balance --depth 3 --eta 0.7 > /dev/null
	$(VALGRIND) $(PROGRAM) simulate --depth 3 --eta 0.7 --arithmetic ball --json > /dev/null
	$(VALGRIND) $(PROGRAM) verify --problem examples/poster.json > /dev/null; test $$? -eq 1
	$(VALGRIND) $(PROGRAM) floquet examples/poster-p2.json --phases gd --json > /dev/null
	$(VALGRIND) $(PROGRAM) spectrum examples/poster-p2.json --at low --json > /dev/null
	$(VALGRIND) $(PROGRAM) spectrum examples/poster-p2.json --top 3 --steps 5 > /dev/null
	for a in double mpfr ball; do \
	    $(VALGRIND) $(PROGRAM) train --target examples/target.csv --depth 3 --eta 0.3 --steps 5 \
	        --arithmetic $$a --json > /dev/null || exit 1; done
	$(VALGRIND) $(PROGRAM) stress examples/in-phase.json --steps 9 --most-bits 12 --json > /dev/null; test $$? -eq 1
	$(VALGRIND) $(PROGRAM) chaos --depth 2 --eta 1.4 --steps 99 --formats fp16,fp64,dd,quad > /dev/null
	$(VALGRIND) $(PROGRAM) cascade --depth 3 --doublings 2 --window 3 --json > /dev/null
	$(VALGRIND) $(PROGRAM) edge --depth 2 --steps 9 --formats fp16,x87 > /dev/null
	$(VALGRIND) $(PROGRAM) simulate --depth 12 --s 2.3 --arithmetic bf16 --rounding stochastic > /dev/null
	$(VALGRIND) $(PROGRAM) train --depth 3 --eta 0.3 --sigma 1,0.9 --flow --steps 3 > /dev/null
	$(VALGRIND) $(PROGRAM) bifurcation --depth 3 --columns 6 --rows 20 --transient 200 --samples 256 --starts 1/2,3 \
	    --check 2.2 --output $(BUILD)/valgrind.svg --json > /dev/null
	$(VALGRIND) $(PROGRAM) map --depth 9 --columns 6 --rows 6 --transient 200 --samples 256 \
	    --output $(BUILD)/valgrind.gp --csv > /dev/null
	for f in oscillation hessian landscape conservation; do $(VALGRIND) $(PROGRAM) figure $$f --depth 3 --eta 0.8 \
	    --sigma 1,0.95 --dim 3 --output $(BUILD)/valgrind.csv > /dev/null || exit 1; done
	$(VALGRIND) $(PROGRAM) report --depth 2 --eta 1e400 --sigma 1,0.9 --output $(BUILD)/valgrind.html; test $$? -eq 1
	for t in $(VALGRIND_TESTS); do $(VALGRIND) $(TESTS) $$t || exit 1; done

bench: ## ratios against other tools, in one run; writes bench/results.json and docs/pictures/growth.png
	@scripts/setup.sh build bench
	@mkdir -p $(BUILD)
	@CC="$(CC)" scripts/configure.sh > $(CONFIG).new && { cmp -s $(CONFIG).new $(CONFIG) || \
	    mv $(CONFIG).new $(CONFIG); }; rm -f $(CONFIG).new
	@$(MAKE) --no-print-directory $(BENCH) $(PROGRAM) $(BUILD)/empty
	$(BENCH)

SOURCES = $(wildcard src/*/*.[ch] src/*/*/*.[ch] include/*.h include/*/*.h tests/*.[ch] tests/*/*.[ch] bench/*.[ch] examples/*.c check/*.[ch])

lint: ## formatting and static analysis, must be clean
	@scripts/setup.sh lint
	$(CLANG_FORMAT) --dry-run -Werror $(SOURCES)
	$(CPPCHECK) --quiet --std=c11 --error-exitcode=1 --inline-suppr \
	    --enable=warning,performance,portability --suppress=missingIncludeSystem \
	    -Iinclude -Isrc src examples bench check

format: ## rewrite all sources in the house style
	$(CLANG_FORMAT) -i $(SOURCES)

pictures: $(PROGRAM) ## draw the pictures of the README again
	for f in bifurcation regimes; do $(PROGRAM) figure $$f --output docs/pictures/$$f.png --quiet && \
	    rm docs/pictures/$$f.csv || exit 1; done

install: all ## install to PREFIX (DESTDIR honoured)
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/edgewise
	install -d $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(COMPLETIONDIR)
	install -m 755 $(PROGRAM) $(DESTDIR)$(BINDIR)/edgewise
	install -m 755 $(CHECKER) $(DESTDIR)$(BINDIR)/edgewise-check
	$(PROGRAM) help --man > $(DESTDIR)$(MANDIR)/man1/edgewise.1
	$(PROGRAM) help --completion > $(DESTDIR)$(COMPLETIONDIR)/edgewise
	install -m 644 $(STATIC) $(DESTDIR)$(LIBDIR)/libedgewise.a
	install -m 755 $(SHARED).$(VERSION) $(DESTDIR)$(LIBDIR)/libedgewise.so.$(VERSION)
	ln -sf libedgewise.so.$(VERSION) $(DESTDIR)$(LIBDIR)/libedgewise.so.$(SOVERSION)
	ln -sf libedgewise.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libedgewise.so
	install -m 644 include/edgewise.h $(DESTDIR)$(INCLUDEDIR)/edgewise.h
	install -m 644 include/edgewise/*.h $(DESTDIR)$(INCLUDEDIR)/edgewise/
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	    -e 's|@VERSION@|$(VERSION)|; s|@LIBS@|$(EW_PUBLIC_LIBS) -fopenmp|' edgewise.pc.in \
	    > $(DESTDIR)$(LIBDIR)/pkgconfig/edgewise.pc

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/edgewise $(DESTDIR)$(BINDIR)/edgewise-check $(DESTDIR)$(LIBDIR)/libedgewise.* \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/edgewise.pc $(DESTDIR)$(INCLUDEDIR)/edgewise.h \
	    $(DESTDIR)$(MANDIR)/man1/edgewise.1 $(DESTDIR)$(COMPLETIONDIR)/edgewise
	rm -rf $(DESTDIR)$(INCLUDEDIR)/edgewise

clean: ## remove build/
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

-include $(patsubst %.o,%.d,$(call objects,$(LIB_SRC) $(CLI_SRC) $(TEST_SRC) $(FUZZ_SRC) $(CHECK_SRC) $(BENCH_SRC) $(wildcard examples/*.c)))
