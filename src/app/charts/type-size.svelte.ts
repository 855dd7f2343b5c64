/** px of a plot's type; for a projector it is larger where the page is not magnified as a whole (learn/present.css). */
class TypeSize {
  px = $state(11);

  constructor() {
    if (typeof window === 'undefined') return;
    this.#measure();
    addEventListener('resize', () => this.#measure());
  }

  #measure(): void {
    const { dataset } = document.documentElement;
    this.px = 'present' in dataset && !('magnified' in dataset) ? 13 : 11;
  }
}

export const typeSize = new TypeSize();
