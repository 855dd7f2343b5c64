/** A random drawing: a few strokes and noise, different for every `n`. (Chance of the page, not of a run.) */
export function noisyDrawing(width: number, height: number, n: number): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(width * height);
  let state = (n + 1) * 2654435761;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 4294967296;
  };
  const strokes = 1 + Math.floor(next() * 3);
  for (let s = 0; s < strokes; s++) {
    let [x, y, angle] = [next() * width, next() * height, next() * 6.28];
    for (let step = 0; step < width; step++) {
      const at = Math.floor(y) * width + Math.floor(x);
      if (x >= 0 && x < width && y >= 0 && y < height) pixels[at] = 255;
      angle += (next() - 0.5) * 0.9;
      x += Math.cos(angle);
      y += Math.sin(angle);
    }
  }
  const level = next() * 120;
  return pixels.map((value) => Math.min(255, value + next() * level));
}
