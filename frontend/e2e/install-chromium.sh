#!/bin/sh
# Makes sure that a Chromium is here for the end-to-end tests and prints its path: the one that
# CHROMIUM names, one on PATH, or Debian's package.
set -eu

for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$browser" ] && command -v "$browser" > /dev/null; then
    command -v "$browser"
    exit 0
  fi
done
if ! command -v apt-get > /dev/null || [ "$(id -u)" != 0 ]; then
  echo "install-chromium: no Chromium here; install one, or name it with CHROMIUM" >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! apt-get install -y --no-install-recommends chromium > "$log" 2>&1; then
  apt-get update > "$log" 2>&1 || true
  apt-get install -y --no-install-recommends chromium > "$log" 2>&1 || { tail -20 "$log" >&2; exit 1; }
fi
command -v chromium
