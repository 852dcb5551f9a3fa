# make serve · make site · make test · make check · make bench · make validity · make refreeze · make check-refreeze · make posters · make lock
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

serve: $(VENV)/.site
	$(BIN)/python build_site.py --serve --port $(PORT)

site: $(VENV)/.site
	$(BIN)/python build_site.py

# Everything: doctests, units, architecture, ledger, replays of frozen results, and a real browser.
test: $(VENV)/.test
	BROWSER_PATH="$$(.ci/browser $(BIN)/python)" && export BROWSER_PATH && $(BIN)/python build_site.py && $(BIN)/python -m pytest $(ARGS)

# What needs no browser.
check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/python build_site.py --check
	$(BIN)/python -m pytest -m "not browser" $(ARGS)

# Speeds, on a machine that does nothing else: training against torch, merges against a textbook, the browser's engine
# against ONNX Runtime Web (from npm; needs node), cl100k_base on long texts (tokens), the words that the widget "train
# here" learns to write (lesson). Installs torch, several gigabytes. One part: make bench PARTS=engine.
# Lighthouse on the pages of site/, ten minutes and only when asked: make bench PARTS=pages.
bench: $(VENV)/.bench
	BROWSER_PATH="$$(.ci/browser $(BIN)/python)" && export BROWSER_PATH && $(BIN)/python -m bench $(PARTS)

# The Nu checker on every page of site/; needs node and Java. It does not know two words that browsers do: a source of the
# policy that WebAssembly needs, and the attribute of the theme's search field.
validity: site
	npm install --silent --no-save --ignore-scripts --prefix bench/.npm/validity vnu-jar@24.10.17
	java -Xss4m -jar bench/.npm/validity/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html \
		--filterpattern '.*(wasm-unsafe-eval|“autocorrect”).*' site

# Recomputes slow results on this machine: all of them in about a hundred minutes, or make refreeze STAGES="pretrain finetune".
refreeze: $(VENV)/.refreeze
	OPENBLAS_NUM_THREADS=1 $(BIN)/python build_site.py --refreeze $(STAGES)

# What needs the libraries of the data pipeline: the recipe on this machine, on Ray, and as jobs for Slurm.
check-refreeze: $(VENV)/.refreeze $(VENV)/.ray
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest $(ARGS) tests/refreeze

posters: $(VENV)/.test
	BROWSER_PATH="$$(.ci/browser $(BIN)/python)" && export BROWSER_PATH && $(BIN)/python build_site.py --posters

# Pins everything again from pyproject.toml.
lock: $(VENV)/.test
	.ci/lock $(BIN)/python

$(VENV)/.site: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements.lock
	touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	$(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements-test.lock
	touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.site
	$(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements-bench.lock
	touch $@

$(VENV)/.refreeze: requirements-refreeze.lock $(VENV)/.site
	@command -v c++ >/dev/null || { echo "One package of the data pipeline is compiled here. Mend: apt-get install g++ python3-dev libmagic1"; exit 1; }
	$(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements-refreeze.lock
	touch $@

$(VENV)/.ray: requirements-ray.lock $(VENV)/.refreeze
	$(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements-ray.lock
	touch $@

clean:
	rm -rf .build .cache site docs/guide

.PHONY: serve site test check bench validity refreeze check-refreeze posters lock clean
