#!/bin/sh
# Installs one lock and the project itself into .venv: tools/install.sh run|fast|test|bench
set -eu
cd "$(dirname "$0")/.."
lock=requirements/$1.txt

# uv does not read pip's settings, so the index and the certificates that pip uses are handed over.
# They may hold a password: they go through the environment and are never printed.
pip_settings=$(.venv/bin/python -I -m pip config list)
pip_setting() {
    for section in :env: install global; do
        value=$(printf '%s\n' "$pip_settings" | sed -n "s/^$section\.$1='\(.*\)'\$/\1/p")
        [ -z "$value" ] || { echo "$value"; return; }
    done
}
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    index=$(pip_setting index-url)
    [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
fi
if [ -z "${SSL_CERT_FILE:-}" ]; then
    certificates=$(pip_setting cert)
    [ -z "$certificates" ] || export SSL_CERT_FILE="$certificates"
fi
# An account without a home folder has no place for a cache.
[ -w "${HOME:-/nonexistent}" ] || export UV_NO_CACHE=1

echo "Installing the packages of $lock"
uv() { .venv/bin/uv "$@" --quiet --python .venv/bin/python; }
uv pip install --no-build --require-hashes -r "$lock"
# The build backend comes from the lock as well: nothing is downloaded to build the project.
uv pip install --no-deps --no-build-isolation --editable .
