/** How much larger everything is at least, and at most, for a projector. */
const [least, most] = [1.2, 2];
/** px that the layouts were made for: what is larger goes into magnifying it. */
const [madeForWidth, madeForHeight] = [1280, 720];

/**
 * The window in the page's own px. Present mode magnifies the run's screen and the bench as a whole, so that type, marks
 * and targets grow together and nothing is cut off that is not cut off on a smaller window. Where the window is small
 * itself, and on the other pages of the lessons, the type alone is larger (learn/present.css).
 */
class Viewport {
  width = $state(1440);
  height = $state(900);
  /** Screen px to one of the page. */
  zoom = $state(1);
  #magnifies = true;

  constructor() {
    // Tests of models have no window.
    if (typeof window === 'undefined') return;
    this.#measure();
    addEventListener('resize', () => this.#measure());
  }

  /** Whether the page that is shown is one that grows as a whole. */
  magnify(on: boolean): void {
    this.#magnifies = on;
    this.#measure();
  }

  #measure(): void {
    const fits = Math.min(innerWidth / madeForWidth, innerHeight / madeForHeight, most);
    const presenting = document.documentElement.hasAttribute('data-present');
    const grows = presenting && this.#magnifies && fits >= least;
    this.zoom = grows ? fits : 1;
    this.width = innerWidth / this.zoom;
    this.height = innerHeight / this.zoom;
    document.body.style.zoom = grows ? String(this.zoom) : '';
    document.documentElement.toggleAttribute('data-magnified', grows);
  }
}

export const viewport = new Viewport();
