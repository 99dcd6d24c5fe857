#!/bin/sh
# Makes .venv with the newest suitable Python and puts the locked uv into it.
# PYTHON=/path/to/python chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

choose_python() {
    for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
        # Whoever names an interpreter means that one.
        [ -z "${PYTHON:-}" ] || break
    done
    echo "Bothways needs Python 3.11 or newer: '${PYTHON:-python3}' is older or does not run. Try 'make PYTHON=/path/to/python3.12 …'." >&2
    exit 1
}

# The stamp is written last, so a set-up that was cut short starts from an empty folder again.
if ! { [ -e .venv/.made ] && new_enough .venv/bin/python; }; then
    python=$(choose_python)
    echo "Creating .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
    touch .venv/.made
fi

# An index that only uv is told about serves pip too; uv also takes it as `name=address`.
index=$(printf '%s' "${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-}}" | sed 's/^[A-Za-z0-9._-]*=//')
if [ -n "$index" ] && [ -z "${PIP_INDEX_URL:-}" ]; then
    export PIP_INDEX_URL="$index"
fi

# PYTHONPATH and a user's own site-packages have no say in what is installed.
.venv/bin/python -I -m pip install -qq --disable-pip-version-check --only-binary :all: \
    --require-hashes -r requirements/uv.txt
