/** What `makeShapes` draws, in the order of the labels; apart from it, for the first page needs no drawing. */
export const shapeClasses = [
  'disc',
  'ring',
  'half disc',
  'crescent',
  'ellipse',
  'triangle',
  'square',
  'bar',
  'cross',
  'star',
] as const;

export type ShapeClass = (typeof shapeClasses)[number];

/** Mean and deviation of the training images that `makeShapes` draws by default; test/datasets holds them to it. */
export const shapesMeasured = { mean: [0.31927], deviation: [0.265179] } as const;
