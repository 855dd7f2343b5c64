import { multiplyAdds } from '../../architecture/cost.ts';
import { describedLines } from '../description.ts';
import { utf8 } from '../portable.ts';
import type { ExportedNetwork } from '../portable.ts';
import { kernelCode, type KernelName } from './c-kernels.ts';
import { type DevicePlan, devicePlan, type DeviceStep } from './device-plan.ts';
import { deviceSize } from './targets.ts';
import type { Int8Dense, Int8Depthwise, Int8Network } from './types.ts';

/** "LEMONADE network 58, head 2 of 2" to lemonade_network_58_head_2_of_2: every name of the file begins with it. */
const prefixOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?![a-z])/, 'network_');

/** A C string of any text: what is not plain ASCII as octal escapes. */
function quoted(text: string): string {
  const letters = Array.from(utf8(text), (byte) => {
    const letter = String.fromCharCode(byte);
    return byte < 32 || byte > 126 || '"\\?'.includes(letter)
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : letter;
  });
  return `"${letters.join('')}"`;
}

/** Text that stays within its line of a comment. */
const commented = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u001f\u2028\u2029]/g, ' ')
    .replaceAll('\\', '/')
    .replaceAll('??', '?');

function array(type: string, name: string, values: ArrayLike<number>): string {
  const lines: string[] = [];
  let line = ' ';
  Array.from(values).forEach((value, index) => {
    // The most negative int32 has no literal.
    const literal = value === -(2 ** 31) ? '-2147483647 - 1' : String(value);
    const item = ` ${literal}${index + 1 < values.length ? ',' : ''}`;
    if (line.length + item.length > 110) {
      lines.push(line);
      line = ' ';
    }
    line += item;
  });
  lines.push(line);
  return `static const ${type} ${name}[${values.length}] = {\n${lines.join('\n')}\n};`;
}

class CodeWriter {
  readonly tables: string[] = [];
  readonly calls: string[] = [];
  readonly used = new Set<KernelName>();
  readonly #network: Int8Network;
  readonly #plan: DevicePlan;
  readonly #prefix: string;

  constructor(network: Int8Network, plan: DevicePlan, prefix: string) {
    this.#network = network;
    this.#plan = plan;
    this.#prefix = prefix;
  }

  #call(kernel: KernelName, ...args: readonly (string | number)[]): void {
    this.used.add(kernel);
    this.calls.push(`${this.#prefix}_${kernel}(${args.join(', ')});`);
  }

  #value(index: number) {
    return this.#network.values[index]!;
  }

  #at(index: number): string {
    const offset = this.#plan.offsets.get(index)!;
    return offset === 0 ? 'arena' : `arena + ${offset}`;
  }

  /** The tables of one step's filters; gives the address of what describes them. */
  #filters(step: Extract<DeviceStep, { kind: 'block' }>['conv'] | Int8Depthwise): string {
    const [from, to] = [this.#value(step.input), this.#value(step.output)];
    const name = (part: string) => `${this.#prefix}_${part}_${to.name}`;
    const low = step.kind === 'conv' ? step.low : -128;
    const multipliers = step.factors.map(({ multiplier }) => multiplier);
    const shifts = step.factors.map(({ shift }) => shift);
    const parts = ['weights', 'bias', 'multipliers', 'shifts'].map(name).join(', ');
    const sizes = [step.bias.length, step.size, from.zeroPoint, to.zeroPoint, low].join(', ');
    this.tables.push(
      array('int8_t', name('weights'), step.weights),
      array('int32_t', name('bias'), step.bias),
      array('int32_t', name('multipliers'), multipliers),
      array('int8_t', name('shifts'), shifts),
      `static const ${this.#prefix}_filters ${name('layer')} = {\n  ${parts},\n  ${sizes}\n};`,
    );
    this.used.add('filters');
    return `&${name('layer')}`;
  }

  step(step: DeviceStep): void {
    const to = this.#value(step.output);
    switch (step.kind) {
      case 'block': {
        const { height, width, channels } = this.#value(step.input).shape;
        const ends = [this.#at(step.input), this.#at(step.output), height, width, channels] as const;
        if (!step.depthwise) return this.#call('conv', ...ends, this.#filters(step.conv), step.pool);
        const line = this.#plan.lineOffsets.get(step.output)!;
        const filters = [this.#filters(step.depthwise), this.#filters(step.conv)];
        return this.#call('separable', ...ends, ...filters, step.pool, `arena + ${line}`);
      }
      case 'depthwise': {
        const { height, width, channels } = to.shape;
        const ends = [this.#at(step.input), this.#at(step.output)];
        return this.#call('normalise', ...ends, height * width, channels, this.#filters(step));
      }
      case 'maxPool': {
        const { height, width, channels } = this.#value(step.input).shape;
        return this.#call('pool', this.#at(step.input), this.#at(step.output), height, width, channels);
      }
      case 'add': {
        const { height, width, channels } = to.shape;
        const name = `${this.#prefix}_layer_${to.name}`;
        const [a, b] = step.partFactors;
        const zeros = step.inputs.map((index) => this.#value(index).zeroPoint);
        const numbers = [
          ...[a.multiplier, b.multiplier, step.factor.multiplier],
          ...[a.shift, b.shift, step.factor.shift],
          ...[...zeros, to.zeroPoint],
        ];
        this.tables.push(`static const ${this.#prefix}_shares ${name} = { ${numbers.join(', ')} };`);
        const ends = [...step.inputs, step.output].map((index) => this.#at(index));
        return this.#call('add', ...ends, height * width * channels, `&${name}`);
      }
      case 'requantise': {
        const { height, width, channels } = to.shape;
        const ends = [this.#at(step.input), this.#at(step.output)];
        const { multiplier, shift } = step.factor;
        const zeros = [this.#value(step.input).zeroPoint, to.zeroPoint];
        return this.#call('rescale', ...ends, height * width * channels, multiplier, shift, ...zeros);
      }
      case 'concat': {
        const { height, width, channels: all } = to.shape;
        let offset = this.#plan.offsets.get(step.output)!;
        for (const input of step.inputs) {
          const { channels } = this.#value(input).shape;
          this.#call('place', this.#at(input), `arena + ${offset}`, height * width, channels, all);
          offset += channels;
        }
        return;
      }
      case 'mean': {
        const from = this.#value(step.input);
        const { height, width, channels } = from.shape;
        const ends = [this.#at(step.input), this.#at(step.output), height * width, channels];
        const { multiplier, shift } = step.factor;
        return this.#call('mean', ...ends, multiplier, shift, from.zeroPoint, to.zeroPoint);
      }
      case 'dense':
        return this.#dense(step);
    }
  }

  #dense(step: Int8Dense): void {
    const name = (part: string) => `${this.#prefix}_${part}_${this.#value(step.output).name}`;
    this.tables.push(
      array('int8_t', name('weights'), step.weights),
      array('int32_t', name('bias'), step.bias),
    );
    const { shape, zeroPoint } = this.#value(step.input);
    const offset = this.#plan.offsets.get(step.input)!;
    const zero = zeroPoint < 0 ? `(${zeroPoint})` : String(zeroPoint);
    this.calls.push(
      `for (k = 0; k < ${step.bias.length}; k++) {`,
      `  int32_t sum = ${name('bias')}[k];`,
      `  for (i = 0; i < ${shape.channels}; i++)`,
      `    sum += (int32_t)(arena[${offset} + i] - ${zero}) * ${name('weights')}[k * ${shape.channels} + i];`,
      '  scores[k] = sum;',
      '}',
    );
  }
}

const commas = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** What stands before the code, one comment a line, so that the example may hold comments. */
function header(network: ExportedNetwork, int8: Int8Network, prefix: string): string {
  const { tableBytes, codeBytes, arenaBytes, pixelBytes } = deviceSize(int8);
  const { height, width, channels } = int8.values[0]!.shape;
  const dense = int8.steps.at(-1) as Int8Dense;
  const unit = int8.values[dense.input]!.scale * dense.weightScales[0]!;
  const pixels = `${pixelBytes} pixels [${height}][${width}]${channels > 1 ? `[${channels}]` : ''}`;
  const lines = [
    `${network.name}, in 8-bit integers: C99, no heap, no floating point, no library but <stdint.h>.`,
    'Made by LEMONADE Playground.',
    '',
    `Flash: ${commas(tableBytes)} bytes of tables, which are const, and about ${commas(codeBytes)} bytes of code`,
    '(at most, for Cortex-M0 with gcc -Os). Where const data lie in RAM (AVR), the tables do too.',
    `RAM: ${commas(arenaBytes)} bytes of arena, static; besides ${commas(pixelBytes)} for the pixels and ${4 * int8.classes.length} for the scores,`,
    'which are yours, and some 200 of stack.',
    `Work: ${commas(multiplyAdds(network.architecture))} multiply-adds an image.`,
    '',
    ...describedLines({ ...network, classes: int8.classes }),
    'Rows from top to bottom, in each the pixels from left to right' +
      (channels > 1 ? ', in each red, green, blue.' : '.'),
    '',
    `Classes: ${int8.classes.map((name, index) => `${index} ${name}`).join(', ')}.`,
    `A score is a logit in units of ${unit.toPrecision(6)}: the highest is the answer, softmax(score * unit) its probability.`,
    '',
    'Use:',
    '',
    `  #include "network.h"                     /* this file, by the name it has */`,
    `  static uint8_t pixels[${pixelBytes}];      /* ${pixels} */`,
    `  static int32_t scores[${int8.classes.length}];`,
    `  int best = ${prefix}_predict(pixels, scores);`,
    `  /* ${prefix}_classes[best] is its name */`,
  ];
  return lines.map((line) => `// ${commented(line)}`.trimEnd()).join('\n');
}

/**
 * One C99 header with a network in integers and the routine that runs it, for microcontrollers: no heap, no floating
 * point; it gives the scores of `int8Pass`, bit for bit. Its names begin with the network's, so that several can be
 * included in one program. `network` describes what was quantised.
 */
export function cCode(network: ExportedNetwork, int8: Int8Network): string {
  const prefix = prefixOf(network.name);
  const plan = devicePlan(int8);
  const writer = new CodeWriter(int8, plan, prefix);
  for (const step of plan.steps) writer.step(step);
  const { height, width, channels } = int8.values[0]!.shape;
  const count = height * width * channels;
  const classes = int8.classes.length;
  const guard = `${prefix.toUpperCase()}_H`;
  return [
    header(network, int8, prefix),
    '',
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include <stdint.h>',
    '',
    kernelCode(writer.used, prefix),
    '',
    writer.tables.join('\n'),
    '',
    `static const char *const ${prefix}_classes[${classes}] = {`,
    int8.classes.map((name) => `  ${quoted(name)}`).join(',\n'),
    '};',
    '',
    `/* pixels [${count}] to scores [${classes}]; gives the index of the highest score. Not reentrant: the arena is static. */`,
    `static inline int ${prefix}_predict(const uint8_t *pixels, int32_t *scores)`,
    '{',
    `  static int8_t arena[${plan.arenaBytes}];`,
    '  int32_t i, k;',
    '  int best = 0;',
    `  for (i = 0; i < ${count}; i++) arena[${plan.offsets.get(0)!} + i] = (int8_t)((int)pixels[i] - 128);`,
    ...writer.calls.map((line) => `  ${line}`),
    `  for (k = 1; k < ${classes}; k++)`,
    '    if (scores[k] > scores[best]) best = (int)k;',
    '  return best;',
    '}',
    '',
    '#endif',
    '',
  ].join('\n');
}
