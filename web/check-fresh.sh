#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Is the committed dist/report.html made from the sources beside it?
#   ./check-fresh.sh             without node: the source hash inside the bundle, and the bundle's own hash
#   ./check-fresh.sh --rebuild   with npm as well: installs from the lock file, builds again, compares byte for byte
set -eu
cd "$(dirname "$0")"
bundle=dist/report.html

wanted=$(./source-hash.sh)
found=$(sed -n 's/.*<meta name="tidewater-report-source" content="\([0-9a-f]*\)".*/\1/p' "$bundle")
if [ "$wanted" != "$found" ]; then
  echo "web/$bundle is stale: sources $wanted, bundle made from ${found:-nothing known}. Run web/build.sh and commit web/dist." >&2
  exit 1
fi
if ! (cd dist && sha256sum --check --status report.html.sha256); then
  echo "web/$bundle was changed by hand or its hash was not committed with it. Run web/build.sh and commit web/dist." >&2
  exit 1
fi
[ "${1:-}" = --rebuild ] || { echo "web/$bundle is fresh (source $wanted)"; exit 0; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R NOTICE.txt index.html package.json package-lock.json .npmrc svelte.config.js tsconfig.json vite.config.mjs build.sh source-hash.sh src "$work"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund >/dev/null && ./build.sh out >/dev/null)
if ! cmp "$work/out/report.html" "$bundle"; then
  echo "web/$bundle differs from a fresh build of the same sources" >&2
  exit 1
fi
echo "web/$bundle is fresh and rebuilds byte for byte (source $wanted)"
