import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cCode } from '../../../../src/core/export/int8/c-code.ts';
import { int8Pass } from '../../../../src/core/export/int8/int8-pass.ts';
import { deviceSize } from '../../../../src/core/export/int8/targets.ts';
import { everyKind, exported } from '../sample.ts';
import { type QuantisedSample, quantised, sampleNetworks } from './sample.ts';

/** Whether a compiler is here; said aloud where it is not, since then nothing of the C code is tried. */
function here(compiler: string): boolean {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(
      `NOT TESTED: ${compiler} is not installed, so the C code was not compiled (apt-get install ${compiler}).`,
    );
    return false;
  }
}

const strict = ['-Wall', '-Wextra', '-Werror', '-pedantic'];
const folder = mkdtempSync(join(tmpdir(), 'lemonade-c-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

/** A program that includes all networks at once, and runs the one named first on every image of its input. */
function mainOf(samples: readonly QuantisedSample[]): string {
  const includes = samples.map((_, i) => `#include "network-${i}.h"`);
  const cases = samples.map(({ int8, network }, i) => {
    const size = deviceSize(int8).pixelBytes;
    const prefix = network.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    return [
      `  if (atoi(argv[1]) == ${i})`,
      `    while (fread(pixels, 1, ${size}, stdin) == ${size}) {`,
      `      printf("%d", ${prefix}_predict(pixels, scores));`,
      `      for (k = 0; k < ${int8.classes.length}; k++) printf(" %ld", (long)scores[k]);`,
      '      printf("\\n");',
      '    }',
    ].join('\n');
  });
  return [
    '#include <stdio.h>',
    '#include <stdlib.h>',
    ...includes,
    'static uint8_t pixels[65536];',
    'static int32_t scores[256];',
    'int main(int argc, char **argv) {',
    '  int k;',
    '  if (argc < 2) return 1;',
    ...cases,
    '  return 0;',
    '}',
    '',
  ].join('\n');
}

/** Those whose sizes are measured: each is compiled alone. */
const measured = 8;
const samples = sampleNetworks(24).map(quantised);
samples.forEach(({ network, int8 }, i) => writeFileSync(path(`network-${i}.h`), cCode(network, int8)));
writeFileSync(path('main.c'), mainOf(samples));

describe.skipIf(!here('gcc'))('the C header', () => {
  it('compiles without a warning as C99, many networks in one program, and gives the same scores bit for bit', () => {
    execFileSync('gcc', ['-std=c99', ...strict, '-O2', '-o', path('a.out'), path('main.c')], {
      stdio: 'pipe',
    });
    samples.forEach(({ int8, images }, i) => {
      const input = Buffer.concat(images.map((image) => Buffer.from(Uint8Array.from(image))));
      const lines = execFileSync(path('a.out'), [String(i)], { input })
        .toString()
        .trim()
        .split('\n');
      expect(lines).toHaveLength(images.length);
      images.forEach((image, n) => {
        const { scores } = int8Pass(int8, image);
        const best = scores.indexOf(Math.max(...scores));
        expect(lines[n]).toBe([best, ...scores].join(' '));
      });
    });
  });
  it('does nothing undefined, and stays within its arena', () => {
    const flags = ['-std=c99', '-O1', '-fsanitize=undefined,address', '-fno-sanitize-recover'];
    execFileSync('gcc', [...flags, '-o', path('checked'), path('main.c')], { stdio: 'pipe' });
    samples.forEach(({ images }, i) => {
      const input = Buffer.from(Uint8Array.from(images[0]!));
      // Throws where the sanitisers end the program.
      execFileSync(path('checked'), [String(i)], { input, stdio: ['pipe', 'pipe', 'pipe'] });
    });
  });
  it('can be included and left unused', () => {
    writeFileSync(path('unused.c'), '#include "network-0.h"\nint main(void) { return 0; }\n');
    execFileSync('gcc', ['-std=c99', ...strict, '-O2', '-fsyntax-only', path('unused.c')], { stdio: 'pipe' });
  });
});

describe.skipIf(!here('g++'))('the C header', () => {
  it('is C++ too, as Arduino sketches are', () => {
    execFileSync('g++', ['-std=c++11', ...strict, '-fsyntax-only', '-x', 'c++', path('main.c')], {
      stdio: 'pipe',
    });
  });
});

describe.skipIf(!here('gcc') || !here('size'))('flash', () => {
  it('of the tables is what is stated, but for alignment and the names of the classes', () => {
    samples.slice(0, measured).forEach(({ network, int8 }, i) => {
      const prefix = network.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
      const text = `#include "network-${i}.h"\nint run(const uint8_t *p, int32_t *s) { return ${prefix}_predict(p, s); }\n`;
      writeFileSync(path('one.c'), text);
      execFileSync('gcc', ['-std=c99', '-Os', '-c', '-o', path('one.o'), path('one.c')], { stdio: 'pipe' });
      const sections = execFileSync('size', ['-A', path('one.o')])
        .toString()
        .split('\n');
      const bytes = (name: RegExp) =>
        sections
          .filter((line) => name.test(line))
          .reduce((sum, line) => sum + Number(line.split(/\s+/)[1]), 0);
      const { tableBytes, arenaBytes } = deviceSize(int8);
      const layers = int8.steps.length;
      expect(bytes(/^\.bss/)).toBeGreaterThanOrEqual(arenaBytes);
      expect(bytes(/^\.bss/)).toBeLessThan(arenaBytes + 64);
      // Pointers have 8 bytes here; each table may begin 31 bytes later than it could.
      const tables = bytes(/^\.(rodata|data\.rel\.ro)/);
      expect(tables).toBeGreaterThan(tableBytes - 64);
      expect(tables).toBeLessThan(tableBytes + 160 * layers);
    });
  });
});

describe.skipIf(!here('arm-none-eabi-gcc'))('flash on Cortex-M0', () => {
  it('is no more than stated', () => {
    samples.slice(0, measured).forEach(({ network, int8 }, i) => {
      const prefix = network.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
      const text = `#include "network-${i}.h"\nint run(const uint8_t *p, int32_t *s) { return ${prefix}_predict(p, s); }\n`;
      writeFileSync(path('arm.c'), text);
      const flags = ['-mcpu=cortex-m0', '-mthumb', '-std=c99', '-Os', '-c'];
      execFileSync('arm-none-eabi-gcc', [...flags, '-o', path('arm.o'), path('arm.c')], { stdio: 'pipe' });
      const line = execFileSync('arm-none-eabi-size', [path('arm.o')])
        .toString()
        .split('\n')[1]!;
      const [flash, data, ram] = line.trim().split(/\s+/).map(Number);
      const size = deviceSize(int8);
      expect(flash! + data!).toBeLessThanOrEqual(size.flashBytes);
      expect(ram).toBeLessThanOrEqual(size.arenaBytes + 8);
    });
  });
});

describe('its comments', () => {
  it('say the sizes, and hold whatever a class is called', () => {
    const classes = ['*/ int x;', 'a\\', 'b??/', 'line\nbreak', '" "', 'ünï 猫'];
    const network = { ...exported(everyKind()), name: 'Net */ #1?', classes };
    const { int8 } = quantised({ ...network, classes: classes.slice(0, 4) });
    const text = cCode({ ...network, classes: classes.slice(0, 4) }, int8);
    const { arenaBytes, tableBytes } = deviceSize(int8);
    expect(text).toContain(`static int8_t arena[${arenaBytes}];`);
    expect(text).toContain(`${String(tableBytes).replace(/\B(?=(\d{3})+$)/g, ',')} bytes of tables`);
    expect(text).toContain('net_1_predict');
    expect(text).not.toMatch(/\?\?|\\$/m);
    if (!here('gcc')) return;
    writeFileSync(path('odd.c'), `${text}\nint main(void) { return 0; }\n`);
    execFileSync('gcc', ['-std=c99', ...strict, '-fsyntax-only', path('odd.c')], { stdio: 'pipe' });
  });
});
