#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rebuilds dist/report.html from the sources. Needs node >= 20.19 and npm; installs exactly what package-lock.json names.
#   ./build.sh [OUT_DIR]      default: dist
set -eu
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci
REPORT_OUT="${1:-dist}"
export REPORT_OUT
npx --no-install svelte-check --tsconfig ./tsconfig.json --fail-on-warnings
npx --no-install vite build --logLevel warn
(cd "$REPORT_OUT" && sha256sum report.html >report.html.sha256)
printf 'wrote %s/report.html, %s bytes\n' "$REPORT_OUT" "$(wc -c <"$REPORT_OUT/report.html")"
