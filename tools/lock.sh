#!/bin/sh
# Writes the locks from pyproject.toml: every package with its hashes, no index address.
# What is locked stays; UPGRADE=1 takes the newest of everything.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command 'make lock' ${UPGRADE:+--upgrade} "$@"
}
echo uv | compile - --output-file requirements/uv.txt
compile pyproject.toml --group build --output-file requirements/run.txt
compile pyproject.toml --group build --extra fast -c requirements/run.txt --output-file requirements/fast.txt
# The larger locks start from what runs, so a package has one version in all of them.
compile pyproject.toml --group build --group test -c requirements/run.txt --output-file requirements/test.txt
compile pyproject.toml --group build --group bench -c requirements/run.txt --output-file requirements/bench.txt
