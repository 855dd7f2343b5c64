/** What a first visitor's browser fetches before the first paint: the page, its first chunks and the recording. */
const { readFileSync } = require('node:fs');

function shellFiles(language) {
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
  visit(`src/app/text/${language}/page.ts`);
  return [...files].map((file) => `dist/${file}`);
}

module.exports = ['en', 'zh'].map((language) => {
  const shell = shellFiles(language);
  const tfjs = shell.filter((file) => readFileSync(file, 'utf8').includes('registerKernel'));
  if (tfjs.length > 0) throw new Error(`tfjs reached the page: ${tfjs.join(', ')}`);
  return {
    name: `page shell, its words (${language}) and recording before first paint`,
    path: ['dist/index.html', ...shell, 'dist/recordings/first-visit.json'],
    limit: '120 kB',
    gzip: true,
  };
});
