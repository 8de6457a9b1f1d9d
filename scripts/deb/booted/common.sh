# What the scripts that run inside a booted root (scripts/test-service) share.
set -euo pipefail

step() { printf -- '-- %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; journalctl -u visitlog -o cat --no-pager | tail -20 >&2; exit 1; }
property() { systemctl show -P "$1" visitlog; }
# until_true SECONDS COMMAND…: waits for a command to succeed.
until_true() {
  local limit=$1; shift
  for _ in $(seq "$limit"); do "$@" && return 0; sleep 1; done
  return 1
}
# Not grep -q, whose early end would fail the pipe.
logged() { journalctl -u visitlog -o cat --no-pager | grep -F -- "$1" >/dev/null; }
says() { property StatusText | grep -q "$1"; }
data=/var/lib/visitlog
