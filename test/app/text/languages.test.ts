import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/datasets/catalog.ts';
import { shippedIds } from '../../../src/core/search/recipe.ts';
import { languageKeys, languages } from '../../../src/app/text/language.ts';
import { classNames } from '../../../src/app/text/zh/run-screen.ts';

const folder = 'src/app/text';
const modulesOf = (language: string) =>
  readdirSync(join(folder, language)).filter((name) => !['plurals.ts', 'lesson-words.ts'].includes(name));

/** Every key of an object as a path; a list counts by its length, a function by its parameters. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'function') return [`${path}(${value.length})`];
  if (Array.isArray(value))
    return [`${path}[${value.length}]`, ...value.flatMap((one) => shapeOf(one, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, one]) => shapeOf(one, `${path}.${key}`));
}

describe.each(languageKeys.filter((key) => key !== 'en'))('%s', (language) => {
  it('has the modules of English', () => {
    expect(modulesOf(language)).toEqual(modulesOf('en'));
  });

  it.each(
    modulesOf('en').filter((name) => !['page.ts', 'run.ts', 'learn.ts', 'run-screen.ts'].includes(name)),
  )('%s has every key, as many entries and parameters as English', async (name) => {
    const [own, english] = (await Promise.all([
      import(`../../../src/app/text/${language}/${name.slice(0, -3)}.ts`),
      import(`../../../src/app/text/en/${name.slice(0, -3)}.ts`),
    ])) as readonly [object, object];
    expect(shapeOf({ ...own }).toSorted()).toEqual(shapeOf({ ...english }).toSorted());
  });
});

it('a class of a shipped data set has one name, in the order of the catalog', () => {
  for (const id of shippedIds) {
    const names = (classNames as Readonly<Partial<Record<string, readonly string[]>>>)[id];
    if (names) expect(names).toHaveLength(catalog[id].classes.length);
    else expect(catalog[id].classes.join('')).toMatch(/^\d+$/);
  }
});

it('index.html chooses among the languages that there are', () => {
  const tags = /const tags = \{([^}]*)\}/.exec(readFileSync('index.html', 'utf8'))?.[1];
  expect(tags?.replaceAll(/\s/g, '')).toBe(
    languageKeys.map((key) => `${key}:'${languages[key].locale}'`).join(','),
  );
});

/** Names, units, keys and formulas that Chinese writes with Latin letters too. */
const latin = new Set(
  (
    'LEMONADE Playground MNIST Fashion-MNIST Fashion Quick Draw Emoji WebGPU WebGL WASM WebAssembly JavaScript Inter Safari ' +
    'PNG SVG CSV Excel ZIP IDX CIFAR NPZ HEIC JPEG TIFF RAW iPhone train test JSON MB kB GPU HTTP ONNX Keras PyTorch TensorFlow safetensors Runtime tf loadLayersModel model json predict py head ' +
    'VGG MobileNetV2 NSGA-II NASH KDE KL BN ReLU tanh sigmoid softmax logit logits SVD He Net2Wider Net2Net IGD hypervolume float32 wasm SIMD ' +
    'Shift Alt Ctrl Delete Home End Enter Esc Escape CIFAR-10 MLP pets cats dogs Lamarck Scott own ms min max px Z T R B P D S O M J K G H L N A E U ' +
    'HTML Chrome Edge Firefox WebRTC node predict mjs picture png file sharp npm install run relay host ' +
    'L1 js Python head-2 W Y a https arxiv org abs int8 C C99 TFLite LiteRT Lite zh-CN h x y c s d w u v b n k Adam SGD Wei Elsken Metzen Hutter Simonyan Zisserman Sandler Real Deb Chen Goodfellow Shlens Guo Dong DPP-Net LSTM Kendall'
  ).split(' '),
);

/** Runs of Latin letters in the strings of a module; keys, types and imports are no strings that are shown. */
function latinWords(source: string): readonly string[] {
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    if (ts.isCaseClause(node)) return node.statements.forEach(visit);
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) return;
    if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node)
    )
      words.push(...(node.text.match(/[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]|[A-Za-z]/g) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true));
  return words;
}

it.each(modulesOf('zh').filter((name) => name !== 'article.ts'))('no English is left in zh/%s', (name) => {
  const words = latinWords(readFileSync(join(folder, 'zh', name), 'utf8'));
  expect([...new Set(words.filter((word) => !latin.has(word)))]).toEqual([]);
});
