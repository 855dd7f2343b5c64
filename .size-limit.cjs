/** What a first visitor's browser fetches before the first paint: the page, its first chunks and the recording. */
const { readFileSync } = require('node:fs');

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
/** A language's words of the first page. */
const words = Object.keys(manifest).filter((key) => /^src\/app\/text\/\w+\/page\.ts$/.test(key));
if (words.length === 0) throw new Error('no words of a first page in the build');

function shellFiles(page) {
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
  visit(page);
  return [...files].map((file) => `dist/${file}`);
}

module.exports = words.map((page) => {
  const shell = shellFiles(page);
  const tfjs = shell.filter((file) => readFileSync(file, 'utf8').includes('registerKernel'));
  if (tfjs.length > 0) throw new Error(`tfjs reached the page: ${tfjs.join(', ')}`);
  return {
    name: `page shell, ${page} and recording before first paint`,
    path: ['dist/index.html', ...shell, 'dist/recordings/first-visit.json'],
    limit: '120 kB',
    gzip: true,
  };
});
