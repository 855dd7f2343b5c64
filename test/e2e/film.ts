import { mkdirSync, writeFileSync } from 'node:fs';
import { qrOf } from '../../src/app/ui/qr.ts';
import { darkRuns } from '../support/drawn-code.ts';

/** What lets Chromium show `film` as its camera, without asking. */
export const filmFlags = (film: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

/** Writes a film of one code, grey on grey as of a screen seen by a camera. */
export function filmCode(film: string, text: string): void {
  const [width, height] = [640, 480];
  const code = qrOf(text);
  const scale = Math.floor(460 / code.side);
  const luma = Buffer.alloc(width * height, 210);
  for (const [x, y, length] of darkRuns(code))
    for (let row = 0; row < scale; row++) {
      const start = (10 + y * scale + row) * width + 90 + x * scale;
      luma.fill(50, start, start + length * scale);
    }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(film, Buffer.concat([head, ...Array.from({ length: 10 }, () => frame)]));
}
