import { drawStrokes, pointOf, pressKey, startPen, type Point, type Stroke } from '../network/pad.ts';
import { filled, type CarriedPage } from './carried.ts';

/** The drawing pad: pointer, touch, pen and keyboard, as on the site. Reports strokes. */
export class Pad {
  #strokes: readonly Stroke[] = [];
  #drawing: Stroke | null = null;
  #pen = startPen;
  readonly #element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #cursor: HTMLElement;
  readonly #said: HTMLElement;
  readonly #words: CarriedPage['words'];
  readonly #share: number;
  /** `done` once a stroke is: not while it is being drawn. */
  readonly #report: (strokes: readonly Stroke[], done: boolean) => void;

  constructor(
    element: HTMLElement,
    said: HTMLElement,
    { words, pen }: Pick<CarriedPage, 'words' | 'pen'>,
    report: (strokes: readonly Stroke[], done: boolean) => void,
  ) {
    this.#element = element;
    this.#canvas = element.querySelector('canvas')!;
    this.#cursor = element.querySelector('.cursor')!;
    this.#said = said;
    this.#words = words;
    this.#share = pen;
    this.#report = report;
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    element.addEventListener('pointerup', () => this.#up());
    element.addEventListener('pointercancel', () => this.#up());
    element.addEventListener('keydown', (event) => this.#key(event));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint());
  }

  clear(): void {
    this.#strokes = [];
    this.#drawing = null;
    this.#paint();
  }

  get #shown(): readonly Stroke[] {
    return this.#drawing ? [...this.#strokes, this.#drawing] : this.#strokes;
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d')!;
    const side = this.#canvas.width;
    context.clearRect(0, 0, side, side);
    drawStrokes(context, this.#shown, side, this.#share, getComputedStyle(this.#canvas).color);
    this.#element.classList.toggle('drawn', this.#shown.length > 0);
  }

  #at(event: PointerEvent): Point {
    const box = this.#element.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#element.setPointerCapture(event.pointerId);
    this.#element.classList.remove('keyed');
    this.#drawing = [this.#at(event)];
    this.#paint();
  }

  #move(event: PointerEvent): void {
    if (!this.#drawing) return;
    this.#drawing = [...this.#drawing, this.#at(event)];
    this.#paint();
    this.#report(this.#shown, false);
  }

  #up(): void {
    if (!this.#drawing) return;
    this.#strokes = this.#shown;
    this.#drawing = null;
    this.#paint();
    this.#report(this.#strokes, true);
  }

  #key(event: KeyboardEvent): void {
    const next = pressKey(event.key, event.shiftKey, this.#pen, this.#strokes);
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#pen = next.pen;
    const { x, y } = pointOf(next.pen);
    this.#cursor.style.left = `${100 * x}%`;
    this.#cursor.style.top = `${100 * y}%`;
    this.#cursor.classList.toggle('down', next.pen.down);
    this.#element.classList.add('keyed');
    const { column, row, down } = next.pen;
    this.#said.textContent = filled(down ? this.#words.penDown : this.#words.penUp, { column, row });
    if (next.strokes === this.#strokes) return;
    this.#strokes = next.strokes;
    this.#paint();
    this.#report(this.#strokes, true);
  }
}
