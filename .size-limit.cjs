/** What a first visitor's browser fetches before the first paint: the page, its first chunks and the recording. */
const { readFileSync } = require('node:fs');

function shellFiles() {
  const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit('index.html');
  visit('src/app/run/FirstVisit.svelte');
  visit('src/app/text/en/page.ts');
  return [...files].map((file) => `dist/${file}`);
}

const shell = shellFiles();
const tfjs = shell.filter((file) => readFileSync(file, 'utf8').includes('registerKernel'));
if (tfjs.length > 0) throw new Error(`tfjs reached the page: ${tfjs.join(', ')}`);

module.exports = [
  {
    name: 'page shell and recording before first paint',
    path: ['dist/index.html', ...shell, 'dist/recordings/first-visit.json'],
    limit: '120 kB',
    gzip: true,
  },
];
