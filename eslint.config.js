import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const d3Drawing = [
  'select',
  'selectAll',
  'selection',
  'transition',
  'axisBottom',
  'axisLeft',
  'axisTop',
  'axisRight',
];

const enums = { selector: 'TSEnumDeclaration', message: 'Use a union.' };

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'public/', 'test-results/', '.cache/', 'out/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', enums],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'd3', importNames: d3Drawing, message: 'd3 computes, Svelte renders.' }] },
      ],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        enums,
        {
          selector: 'CallExpression[callee.property.name=/^(push|unshift)$/] > SpreadElement',
          message: 'A list may be longer than the stack is deep: addAll of core/add-all.ts.',
        },
      ],
    },
  },
  {
    files: ['src/app/**'],
    ignores: ['src/app/model/address.ts', 'src/app/charts/gallery/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['hash', 'href', 'search'].map((property) => ({
          object: 'location',
          property,
          message: 'model/address.ts reads and writes the address.',
        })),
        { object: 'history', property: 'replaceState', message: 'model/address.ts writes the address.' },
        { object: 'history', property: 'pushState', message: 'model/address.ts writes the address.' },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
        { object: 'Date', property: 'now', message: 'Core has no clock.' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['**/*.cjs', 'scripts/**', '*.config.*'], languageOptions: { globals: globals.node } },
);
