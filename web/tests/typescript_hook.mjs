// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from 'svelte/compiler';
import ts from 'typescript';

/** `./format` means `./format.ts`, as the bundler reads it. */
export function resolve(specifier, context, next) {
  if (/^\.{1,2}\//.test(specifier) && !/\.[a-z]+$/.test(specifier)) {
    const url = new URL(`${specifier}.ts`, context.parentURL);
    if (existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export function load(url, context, next) {
  if (url.endsWith('.svelte')) {
    const filename = fileURLToPath(url);
    const { js } = compile(readFileSync(filename, 'utf8'), { filename, generate: 'server' });
    return { format: 'module', source: js.code, shortCircuit: true };
  }
  if (!url.endsWith('.ts')) return next(url, context);
  const source = readFileSync(fileURLToPath(url), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: 'es2022', module: 'esnext', verbatimModuleSyntax: true } });
  return { format: 'module', source: outputText, shortCircuit: true };
}
