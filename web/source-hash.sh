#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints one SHA-256 over everything the bundle is made from: each file's name and content, in byte order of the names.
# Needs only a POSIX shell and sha256sum, so that freshness can be checked where there is no node.
set -eu
cd "$(dirname "$0")"
{
  printf '%s\n' NOTICE.txt index.html package.json package-lock.json svelte.config.js tsconfig.json vite.config.mjs
  find src -type f
} | LC_ALL=C sort | while IFS= read -r file; do
  printf '%s  %s\n' "$(sha256sum <"$file" | cut -d' ' -f1)" "$file"
done | sha256sum | cut -d' ' -f1
