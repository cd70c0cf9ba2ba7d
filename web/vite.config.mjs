// SPDX-License-Identifier: Apache-2.0
// One HTML file with script, style and type inlined: no request of any kind, so it opens from file://.

import { execFileSync } from 'node:child_process';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** Moves the one script and the one stylesheet into the page and notes the hash of the sources in it. */
function single_file() {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const source_hash = execFileSync('./source-hash.sh', { encoding: 'utf8' }).trim();
      const chunks = Object.values(bundle);
      const text_of = (ending) => {
        const found = chunks.filter((c) => c.fileName.endsWith(ending));
        if (found.length !== 1) throw new Error(`expected one ${ending} in the bundle, found ${found.length}`);
        const [only] = found;
        return only.type === 'chunk' ? only.code : String(only.source);
      };
      // Inside an element the first "</script" or "</style" would end it; both may stand in strings only.
      const script = text_of('.js').replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '\\x3c!--').trim();
      const style = text_of('.css').replace(/<\/(style)/gi, '<\\/$1').trim();
      const page = Object.values(bundle).find((c) => c.fileName.endsWith('.html'));
      if (!page || page.type !== 'asset') throw new Error('no page in the bundle');
      const notice = readFileSync('NOTICE.txt', 'utf8').trim();
      if (notice.includes('--')) throw new Error('NOTICE.txt goes into an HTML comment and may not hold two hyphens');
      const html = String(page.source)
        .replace('<head>', () => `<head>\n    <!--\n${notice}\n    -->`)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="(stylesheet|modulepreload)"[^>]*>/g, '')
        .replace('<title>', () => `<meta name="tidewater-report-source" content="${source_hash}" />\n    <title>`)
        .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
        .replace('</body>', () => `  <script>${script}</script>\n  </body>`);
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: 'asset', fileName: 'report.html', source: html });
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [svelte(), single_file()],
  build: {
    target: 'es2022',
    outDir: process.env['REPORT_OUT'] ?? 'dist',
    emptyOutDir: false,
    assetsInlineLimit: 10_000_000,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { output: { format: 'iife', entryFileNames: 'report.js', assetFileNames: 'report[extname]' } },
  },
});
