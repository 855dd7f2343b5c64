import { expect, it } from 'vitest';
import { operatorFiles } from '../../scripts/operator-files.ts';

it('asks a new operator for its file, its line, and what the page says and draws of it', () => {
  const files = operatorFiles();
  expect(files.filter((file) => !file.startsWith('src/app/'))).toEqual([]);
  expect(files).toContain('src/app/text/en/morphisms.ts');
}, 300_000);
