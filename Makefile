# `make` alone lists the targets. Needed on the machine: Python 3.11, 3.12 or 3.13, and make.
#
# Everything is installed into .venv. A target that makes something (.venv, the website) is
# skipped when nothing it is made from has changed. Written for GNU make 3.81 and later, with a
# POSIX shell: Linux, macOS, and Windows with Git's shell.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python

# PYTHON=… names the Python to use; otherwise the first of these that is 3.11, 3.12 or 3.13.
PYTHONS := $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# CHROMIUM=… names the browser of `make test-site`.
CHROMIUM ?= chromium

# --nbval compares every stored output; --nbval-lax only runs the cells (see the workflow of the tests).
NBVAL ?= --nbval
RUN_NOTEBOOKS := -m pytest -n auto --dist loadfile --nbval-current-env --nbval-cell-timeout=300 -p no:cacheprovider

# One thread: on matrices as small as the course's, several wait for each other more than they compute.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

SAMPLE := tests/submissions/03_rnn_model.ipynb
READY := $(VENV)/.ready
BOOK := _build/.book
PAGES := $(shell sed -n -E 's/^[- ]*(root|file): *//p' _toc.yml)
BOOK_SOURCES := _config.yml _toc.yml $(wildcard bench/results*.md _static/* _ext/* chapters/figures/* chapters/*.bib) \
                $(foreach page,$(PAGES),$(wildcard $(page).md $(page).ipynb))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup course serve book test lint unit audit notebooks solved test-site bench bench-grading lock clean

help:  ## list the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n -E 's/^([a-z-]+):.*## (.*)/  \1@\2/p' Makefile | awk -F@ '{printf "%-13s %s\n", $$1, $$2}'

# --- For everybody ---------------------------------------------------------------------------

course: $(BOOK)  ## set up, build the website, grade the sample submission, say what to open
	@echo
	@echo "Grading a sample submission: $(SAMPLE)"
	@$(BIN)/autograder check $(SAMPLE) || [ $$? -eq 1 ]
	@echo
	@echo "Read:     open $(CURDIR)/_build/html/index.html in a browser (no internet needed),"
	@echo "          or run 'make serve' and open http://localhost:8000"
	@echo "Work:     OPENBLAS_NUM_THREADS=1 $(BIN)/jupyter lab chapters/"
	@echo "Check:    $(BIN)/autograder check chapters/03_rnn_model.ipynb"

serve: $(BOOK)  ## show the website at http://localhost:8000
	@echo "http://localhost:8000 (stop with Ctrl+C)"
	@$(PY) -m http.server 8000 --bind 127.0.0.1 --directory _build/html

book: $(BOOK)  ## build the website into _build/html

setup: $(READY)  ## make .venv with the locked packages and this one

# --- Tests -----------------------------------------------------------------------------------

test: lint unit audit notebooks solved book  ## set up and run every test but the browser's

lint: $(READY)  ## check style (ruff)
	$(PY) -m ruff check .

unit: $(READY)  ## run the tests of the code (pytest)
	$(PY) -m pytest -n auto --dist worksteal

audit: $(READY)  ## compare the chapters with the library and the exercises
	$(BIN)/autograder audit

notebooks: $(READY)  ## run the chapters and compare with the stored outputs (nbval)
	$(PY) $(RUN_NOTEBOOKS) $(NBVAL) chapters

solved: $(READY)  ## solve the chapters: every exercise must earn full points, every demonstration must run
	@rm -rf _build/solved
	$(BIN)/autograder solve
	$(PY) $(RUN_NOTEBOOKS) --nbval-lax _build/solved
	@ls _build/solved/*.ipynb | xargs -n 1 -P 2 $(BIN)/autograder check

test-site: $(BOOK)  ## test the built website in a headless browser (Chromium)
	@command -v "$(CHROMIUM)" >/dev/null || { \
	  echo "error: $(CHROMIUM) not found; install it (Debian, Ubuntu: sudo apt-get install -y chromium)" \
	       "or name a browser: make test-site CHROMIUM=/path/to/chrome" >&2; exit 1; }
	@$(PY) -m playwright --version >/dev/null 2>&1 || { \
	  echo "error: Playwright's driver does not start; install libatomic" \
	       "(Debian, Ubuntu: sudo apt-get install -y libatomic1)" >&2; exit 1; }
	CHROMIUM="$(CHROMIUM)" $(PY) -m pytest -n auto --dist loadgroup -c tests/site/pytest.ini tests/site

# --- What the above are made of --------------------------------------------------------------

# The package itself is built with the locked setuptools: nothing that is not locked is installed.
$(READY): requirements.lock pyproject.toml
	@set -e; found=; \
	for candidate in $(PYTHONS); do \
	  if "$$candidate" -c '$(SUPPORTED)' >/dev/null 2>&1; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'error: no Python 3.11, 3.12 or 3.13 among: $(PYTHONS); name one: make PYTHON=/path/to/python3.12' >&2; \
	  exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version) (a few minutes the first time)"; \
	if ! "$(PY)" -c 'import pip; $(SUPPORTED)' >/dev/null 2>&1; then rm -rf $(VENV); "$$found" -m venv $(VENV); fi
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Always the whole book: an incremental build would not repeat the warnings of an unchanged page.
$(BOOK): $(READY) $(BOOK_SOURCES)
	@echo "Building the website"
	@rm -rf _build/html && mkdir -p _build
	@$(BIN)/jupyter-book build -q --all -W -n --keep-going . > _build/book.log || { cat _build/book.log; exit 1; }
	@$(PY) _ext/check_pages.py
	@touch $@

# The .json of each run is kept out of the repository; the tables and the picture are in it.
bench: $(READY)  ## measure the speed against PyTorch (installs it) and write bench/results.md
	@$(PY) -c 'import torch' 2>/dev/null || \
	  $(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bench]'
	$(PY) -m bench

bench-grading: $(READY)  ## grade with stock nbgrader and with autograder, write bench/grading.md
	$(PY) -m bench.grading
	AUTOGRADER_KILLS=50 $(PY) -m pytest -q tests/grading/test_grade_faults.py -k killed_at_random

lock:  ## renew requirements.lock (needs uv)
	@command -v uv >/dev/null || { echo "error: uv not found; install it: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-header --no-emit-index-url \
	  --extra learner --extra book --extra teacher --extra cluster --extra test \
	  pyproject.toml requirements.in -o requirements.lock

clean:  ## remove everything that was made
	rm -rf $(VENV) _build .pytest_cache .ruff_cache .hypothesis *.egg-info
