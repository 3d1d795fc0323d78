# Counterfoil. `make` alone prints what can be made.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# ISA-L inflates more than twice as fast as zlib: used where the library is, `make ISAL=0` goes without.
# Asked when a recipe begins, since `prerequisites` may just have installed it.
TRAITS = $(if $(filter 0,$(ISAL)),,$(shell .ci/has-isal && echo --traits ISAL))
# An import that Package.swift does not declare is an error: the walls of the house.
WALLS = --explicit-target-dependency-import-check error
# The same flags for every build, so that none has to begin anew after another.
FLAGS = $(WALLS) $(TRAITS)
COUNTERFOIL = $(shell swift build -c release $(FLAGS) --show-bin-path)/counterfoil

.PHONY: help
help: ## Print this list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 16

.PHONY: prerequisites
prerequisites:
	@ISAL=$(ISAL) .ci/prerequisites

.PHONY: build
build: prerequisites ## Build the program (release).
	@echo "Building counterfoil; the first time fetches and builds its packages (some minutes)."
	@swift build -c release $(FLAGS) --product counterfoil

.PHONY: run
run: build ## Run the sample company, first to last, in a fresh folder .sample/.
	@.ci/sample "$(COUNTERFOIL)"

.PHONY: nightly
nightly: build ## Run tonight's batch over inbox/ (COUNTERFOIL_HOME or this folder).
	@.ci/nightly "$(COUNTERFOIL)" pipelines/nightly.yaml

.PHONY: test
test: prerequisites ## Run all tests.
	@echo "Building the tests; the first time builds the packages too (some minutes)."
	@swift test $(FLAGS)

.PHONY: check
check: lint test sample-check run bench-smoke ## All that CI runs.

.PHONY: lint
lint: ## Check the format of the sources.
	@swift format lint --strict --recursive --parallel Sources Tests Package.swift

.PHONY: format
format: ## Format the sources.
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

.PHONY: sample-data
sample-data: prerequisites ## Write sample-data/ again from its seeded generator.
	@swift run -c release $(FLAGS) SampleData stories sample-data

.PHONY: sample-check
sample-check: sample-data
	@git diff --exit-code --stat -- sample-data || { echo "sample-data/ is not what its generator writes"; exit 1; }

.PHONY: golden
golden: ## Write expected/ of every story again and show what changed.
	@COUNTERFOIL_GOLDEN=write swift test $(FLAGS) --filter StoryTests
	@git status --short -- sample-data

# Options of the benchmark, such as BENCH="--sizes 1,4 --rounds 3": see Tests/Benchmarks/README.md.
BENCH =
GENERATOR = $(dir $(COUNTERFOIL))SampleData

.PHONY: bench
bench: build bench-generator ## Measure the program beside igzip and its peers (BENCH="options").
	@echo "Scanning by every instruction set, beside inflating the same bytes"
	@swift run -c release $(FLAGS) Microbenchmarks
	@echo "Building counterfoil with zlib alone, to be measured beside (some minutes)."
	@swift build -c release $(WALLS) --scratch-path .build-zlib --product counterfoil
	@Tests/Benchmarks/side-by-side --counterfoil .build-zlib/release/counterfoil \
	  $(if $(TRAITS),--counterfoil-isal "$(COUNTERFOIL)") --generator "$(GENERATOR)" $(BENCH)

# Seeds and options, such as SCORE="1 20 --missed".
SCORE =

.PHONY: score
score: prerequisites ## Measure how well anomalies are found on series made from seeds (SCORE="options").
	@swift run -c release $(FLAGS) AnomalyScore $(SCORE)

.PHONY: bench-smoke
bench-smoke: build bench-generator ## Compare sums and memory on small data of the same shape.
	@echo "Comparing the program's sums with Python's"
	@Tests/Benchmarks/smoke "$(COUNTERFOIL)" "$(GENERATOR)"

.PHONY: score-rules
score-rules: build ## Plant known errors of every rule and print precision and recall (SCORE="--seeds 1-20").
	@python3 Tests/Benchmarks/score_rules.py "$(COUNTERFOIL)" pipelines $(SCORE)

.PHONY: bench-generator
bench-generator:
	@swift build -c release $(FLAGS) --product SampleData

.PHONY: graph
graph: ## Draw the target graph from the package description (Graphviz dot).
	@swift package $(TRAITS) describe --type json | python3 .ci/graph

.PHONY: docs
docs: ## List the articles of the documentation, which read well as they are.
	@head -qn 1 Sources/counterfoil/Documentation.docc/*.md | sed 's/^# //' | paste -d'\t' <(ls Sources/counterfoil/Documentation.docc/*.md) - | expand -t 72

.PHONY: clean
clean: ## Remove builds and the sample's folder.
	@rm -rf .build .build-* .sample
