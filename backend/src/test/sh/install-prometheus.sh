#!/bin/sh
# Unpacks Debian's Prometheus (prometheus and promtool) for the contract tests into
# ~/.cache/pharos/prometheus, without installing it. Prints the binary's path. Does nothing when it
# is there already. Another binary can be named with -Dpharos.prometheus.binary or
# PHAROS_PROMETHEUS_BINARY instead.
set -eu

cache="${XDG_CACHE_HOME:-$HOME/.cache}/pharos/prometheus"
binary="$cache/usr/bin/prometheus"

if [ -x "$binary" ] && [ -x "$cache/usr/bin/promtool" ]; then
  echo "$binary"
  exit 0
fi
for tool in apt-get dpkg-deb; do
  if ! command -v "$tool" > /dev/null; then
    echo "install-prometheus: no $tool here; name a binary with PHAROS_PROMETHEUS_BINARY" >&2
    exit 1
  fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
if ! apt-get download prometheus > apt.log 2>&1; then
  apt-get update > apt.log 2>&1 || true
  apt-get download prometheus > apt.log 2>&1 || { cat apt.log >&2; exit 1; }
fi
mkdir -p "$cache"
dpkg-deb -x prometheus_*.deb unpacked
# moved as a whole: a broken download must not look like an installation
rm -rf "$cache/usr"
mv unpacked/usr "$cache/usr"
echo "$binary"
