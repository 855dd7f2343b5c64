/**
 * The program of a page of its own: pad, files, camera, and the answers. Bundled to text by scripts/programs.ts; the
 * markup it finds is that of PageBody.svelte.
 */
import { readPicture } from '../../datasets/picture.ts';
import { ok, type Result } from '../../core/result.ts';
import type { RgbaImage } from '../../datasets/raster.ts';
import { firstPicture, pictureOf } from '../network/pictures.ts';
import type { Stroke } from '../network/pad.ts';
import { type Answer, type Answering, answering, bytesOf } from './answering.ts';
import { filled, type CarriedPage } from './carried.ts';
import { Camera } from './page-camera.ts';
import { Pad } from './page-pad.ts';

const byId = (id: string) => document.getElementById(id)!;
const carried = JSON.parse(byId('carried').textContent) as CarriedPage;
const { words } = carried;

/** A network and its place on the page. */
const heads = carried.networks.map((network, head) => {
  const place = byId(`head-${head}`);
  const find = (name: string) => place.querySelector<HTMLElement>(name)!;
  return {
    ...{ network, answer: answering(network), place, sees: place.querySelector('canvas')! },
    ...{ top: find('.top'), sure: find('.sure'), took: find('.took'), idle: find('.idle') },
    lines: [...place.querySelectorAll<HTMLElement>('.line')].map((line) => ({
      line,
      bar: line.querySelector<HTMLElement>('.bar')!,
      share: line.querySelector<HTMLElement>('.share')!,
    })),
  };
});

const percent = (share: number): string =>
  `${(100 * share).toLocaleString(carried.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;

/** Draws what a network saw: uint8 [height, width, channels]. */
function drawSeen(canvas: HTMLCanvasElement, pixels: Uint8Array): void {
  const { width, height } = canvas;
  const channels = pixels.length / (width * height);
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[i * channels + (channels === 3 ? c : 0)]!;
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

function say(problem: string): void {
  byId('problem').textContent = problem;
}

function forget(): void {
  for (const { place, lines, took } of heads) {
    place.classList.remove('told');
    took.textContent = '';
    for (const { line, bar, share } of lines) {
      line.classList.remove('first');
      bar.style.width = '0';
      share.textContent = '';
    }
  }
  byId('said').textContent = '';
  byId('truth').textContent = '';
}

type Asked = (network: Answering) => Result<Answer, { readonly code: 'blank-picture' }>;

/** Shows the answers to a picture; speaks them too where it is `done` and not one of many. */
const show = (picture: RgbaImage, done: boolean): void => tell((network) => network.about(picture), done);

function tell(ask: Asked, done: boolean): void {
  const spoken: string[] = [];
  for (const { network, answer, place, sees, top, sure, took, lines } of heads) {
    const start = performance.now();
    const said = ask(answer);
    const milliseconds = performance.now() - start;
    if (!said.ok) {
      forget();
      if (done) say(words.problems[said.reason.code]);
      return;
    }
    say('');
    const { pixels, probabilities } = said.value;
    const first = probabilities.indexOf(Math.max(...probabilities));
    const name = network.classes[first] ?? String(first);
    const share = percent(probabilities[first]!);
    drawSeen(sees, pixels);
    place.classList.add('told');
    top.textContent = name;
    sure.textContent = filled(words.sure, { share });
    took.textContent = filled(words.took, { milliseconds: milliseconds.toFixed(milliseconds < 9.5 ? 1 : 0) });
    lines.forEach(({ line, bar, share: number }, c) => {
      line.classList.toggle('first', c === first);
      bar.style.width = `${100 * probabilities[c]!}%`;
      number.textContent = percent(probabilities[c]!);
      line.dataset['probability'] = String(probabilities[c]);
    });
    spoken.push(filled(words.says, { answer: name, share }));
  }
  if (done) byId('said').textContent = spoken.join(' ');
}

const stage = byId('stage');
const still = byId('still') as HTMLCanvasElement;
const padElement = document.getElementById('pad');

/** What lies on the stage: the pad or an empty place, a picture, one of the file's own, the camera. */
function turnTo(what: 'pad' | 'picture' | 'sample' | 'camera'): void {
  stage.dataset['shows'] = what;
  byId('camera').setAttribute('aria-pressed', String(what === 'camera'));
}

function drawn(strokes: readonly Stroke[], done: boolean): void {
  if (strokes.length === 0) {
    forget();
    say('');
    return;
  }
  const picture = pictureOf(strokes, carried.pen);
  if (picture.ok) show(picture.value, done);
  else say(words.problems[picture.reason.code]);
}
const pad = padElement && new Pad(padElement, byId('pen'), carried, drawn);

const camera = new Camera(byId('video') as HTMLVideoElement, (picture) => show(picture, false));

function clear(): void {
  camera.stop();
  pad?.clear();
  forget();
  say('');
  turnTo('pad');
}

/** A picture file, shown whole on the stage. */
async function take(file: Blob | null): Promise<void> {
  if (!file) return;
  const read = await readPicture(file);
  clear();
  if (!read.ok) {
    say(words.problems[read.reason.code]);
    return;
  }
  const { width, height, data } = read.value;
  Object.assign(still, { width, height });
  still.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  turnTo('picture');
  show(read.value, true);
}

/** The pictures that the file carries, each a button. */
function offerSamples({ pixels, labels }: NonNullable<CarriedPage['samples']>): void {
  const all = bytesOf(pixels);
  const each = all.length / labels.length;
  document.querySelectorAll<HTMLElement>('.sample').forEach((button, n) => {
    const own = all.subarray(n * each, (n + 1) * each);
    drawSeen(button.querySelector('canvas')!, own);
    button.addEventListener('click', () => {
      clear();
      const { width, height } = button.querySelector('canvas')!;
      Object.assign(still, { width, height });
      drawSeen(still, own);
      turnTo('sample');
      tell((network) => ok(network.of(own)), true);
      const answer = carried.networks[0]!.classes[labels[n]!]!;
      byId('truth').textContent = filled(words.truth, { answer });
    });
  });
}
if (carried.samples) offerSamples(carried.samples);

const file = byId('file') as HTMLInputElement;
file.addEventListener('change', () => {
  void take(file.files?.[0] ?? null);
  file.value = '';
});
byId('open').addEventListener('click', () => file.click());
byId('clear').addEventListener('click', clear);
byId('camera').addEventListener('click', async () => {
  const isOn = stage.dataset['shows'] === 'camera';
  clear();
  if (isOn) return;
  turnTo('camera');
  const problem = await camera.start(() => {
    clear();
    say(words.cameraProblems.ended);
  });
  if (!problem) return;
  clear();
  say(words.cameraProblems[problem]);
});
addEventListener('paste', (event) => void take(firstPicture(event.clipboardData?.files)));
addEventListener('dragover', (event) => {
  event.preventDefault();
  stage.classList.add('over');
});
addEventListener('dragleave', () => stage.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  stage.classList.remove('over');
  void take(firstPicture(event.dataTransfer?.files));
});
