#!/usr/bin/env bash
# Says in a sentence what a machine lacks, before an installer fails half way.
set -euo pipefail
python="${1:-}"

fail() {
  echo "$1" >&2
  exit 1
}

command -v node >/dev/null || fail "Node.js was not found. Install Node 20 or newer."
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
  fail "Node.js is $(node --version). Install Node 20 or newer."
command -v npm >/dev/null || fail "npm was not found. Install it beside Node.js."
[ -n "$python" ] || fail "Python was not found. Install Python 3.11 or newer, or say which: make PYTHON=/path/to/python3.11."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old. Install Python 3.11 or newer, or say which: make PYTHON=/path/to/python3.11."
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
  fail "Python's venv module was not found. Install it (Debian, Ubuntu: sudo apt-get install python3-venv)."
