import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { expect, it } from 'vitest';

/*
 * Whatever the page says stands in src/app/text. Outside it no text may stand in a component's markup, and no string
 * in code that reads like words.
 */

/** Formulas, names and keys that are the same in every language. */
const allowed = new Set(['LEMONADE', 'Ctrl Z', 'Ctrl Y', 'KDE', 'cheap', 'tanh', 'ReLU', 'min', 'kbd']);

/** Attributes whose values nobody reads. */
const unread =
  /^(class|style|d|transform|points|viewBox|href|src|id|role|type|rel|key|for|name|accept|autocomplete|inputmode|spellcheck|text-anchor|dominant-baseline|gradientUnits|preserveAspectRatio|mathvariant|display|width|height|variant|size|icon|place|mode|kind|axis|data-.*|stroke.*|fill.*|font-.*|aria-(hidden|live|current|haspopup|pressed|expanded|controls|labelledby|describedby|orientation|modal|sort|selected|atomic|checked|disabled|valuenow|valuemin|valuemax))$/;

/** Attributes whose values are read, or read out. */
const said = /^(aria-label|title|label|placeholder|alt)$/;

/** CSS, SVG and selectors in strings, not words. */
const machine =
  /^(M|\.|#|--|transform:)|[{}[\]=<>*]|(^|\s)(var|calc|translate|rotate|scale|color-mix|prefers)\b|\(prefers-|^\w+ \d/;

const wordsIn = (text: string): boolean =>
  /[a-z]{2,}[,.:;!?]? +\p{L}/u.test(text) || /[,:;] \p{L}{2,}/u.test(text);
const reads = (text: string): boolean =>
  wordsIn(text) && !machine.test(text) && !/^[a-z][\w-]*(, ?[a-z][\w-]*)+$/.test(text);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Strings of TypeScript that read like words. */
function fromCode(code: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return;
    if (ts.isNewExpression(node) && /Error$/.test((node.expression as ts.Identifier).text)) return;
    const text =
      ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
        ? node.text
        : ts.isTemplateExpression(node)
          ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('0')
          : '';
    if (reads(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest));
  return found;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Text of a component's markup, and strings of its expressions that read like words. */
function fromMarkup(fragment: unknown): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, attribute: string | null): void => {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, attribute));
    if (!isNode(value)) {
      if (typeof value === 'object' && value !== null && !('type' in value))
        Object.values(value).forEach((one) => visit(one, attribute));
      return;
    }
    if (value.type === 'Attribute') {
      const name = String(value['name']);
      return unread.test(name) ? undefined : visit(value['value'], name);
    }
    if (value.type === 'StyleDirective' || value.type === 'ClassDirective' || value.type === 'Comment')
      return;
    const text =
      value.type === 'Text'
        ? String(value['data'])
        : value.type === 'Literal' && typeof value['value'] === 'string'
          ? value['value']
          : value.type === 'TemplateElement'
            ? (value['value'] as { cooked: string }).cooked
            : '';
    const isSaid = attribute === null || said.test(attribute);
    const isText = value.type === 'Text' && isSaid ? /\p{L}{2,}/u.test(text) : reads(text);
    if (isText) found.push(text.trim());
    for (const [key, child] of Object.entries(value))
      if (key !== 'start' && key !== 'end' && key !== 'loc' && key !== 'parent') visit(child, attribute);
  };
  visit(fragment, null);
  return found;
}

function textOf(path: string): readonly string[] {
  const source = readFileSync(path, 'utf8');
  if (!path.endsWith('.svelte')) return fromCode(source);
  const { fragment, instance, module } = parse(source, { modern: true, filename: path });
  const scripts = [instance, module].flatMap((script) => {
    const content = script?.content as unknown as { start: number; end: number } | undefined;
    return content ? fromCode(source.slice(content.start, content.end)) : [];
  });
  return [...scripts, ...fromMarkup(fragment)];
}

it('finds words where they do not belong', () => {
  expect(fromCode("const a = 'The weights are not here.';")).toHaveLength(1);
  expect(fromCode("const a = count + ', grey';")).toHaveLength(1);
  expect(fromCode("const a = 'M0 0L1 1';")).toHaveLength(0);
  const component = '<p class="row s" title="Two">Hello {name}, {`${a} of them`}</p>';
  expect(fromMarkup(parse(component, { modern: true }).fragment)).toHaveLength(3);
});

it('no text stands outside src/app/text', () => {
  const files = filesBelow('src/app').filter((path) => !/app[\\/](text|charts[\\/]gallery)[\\/]/.test(path));
  expect(files.length).toBeGreaterThan(200);
  const stray = files.flatMap((path) =>
    textOf(path)
      .filter((text) => !allowed.has(text))
      .map((text) => `${path}: ${text}`),
  );
  expect(stray).toEqual([]);
});
