/** The best rank-1 approximation of a matrix: entry (r, c) is about rows[r] * columns[c]. */
export interface RankOne {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** Squarings of the Gram matrix: the power method with 2^12 steps, for the price of 12. */
const squarings = 12;

function squareNormalised(matrix: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[i * size + k]! * matrix[k * size + j]!;
      next[i * size + j] = sum;
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return largest > 0 ? next.map((value) => value / largest) : next;
}

/** Unit vector along the dominant eigenvector of a symmetric positive semidefinite matrix; null for zero. */
function dominantEigenvector(gram: Float64Array, size: number): Float64Array | null {
  const scale = Math.max(...gram.map(Math.abs));
  if (scale === 0) return null;
  let power = gram.map((value) => value / scale);
  for (let i = 0; i < squarings; i++) power = squareNormalised(power, size);
  let best = 0;
  for (let i = 1; i < size; i++) if (power[i * size + i]! > power[best * size + best]!) best = i;
  const column = Float64Array.from({ length: size }, (_, i) => power[i * size + best]!);
  const norm = Math.hypot(...column);
  const sign = column.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
  return column.map((value) => (sign * value) / norm);
}

/**
 * Leading singular triple of a [rows, columns] matrix (row-major), its singular value shared evenly by both factors;
 * the rows' factor has a sum >= 0. A zero matrix gives a centred unit row factor and zero columns. (Eckart and
 * Young 1936: this is the nearest matrix of rank 1 in the Frobenius norm.)
 */
export function rankOne(matrix: ArrayLike<number>, rows: number, columns: number): RankOne {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < rows; j++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += matrix[i * columns + c]! * matrix[j * columns + c]!;
      gram[i * rows + j] = sum;
      gram[j * rows + i] = sum;
    }
  }
  const left = dominantEigenvector(gram, rows);
  if (!left) {
    const centred = new Float64Array(rows);
    centred[rows >> 1] = 1;
    return { rows: centred, columns: new Float64Array(columns) };
  }
  const right = Float64Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += left[r]! * matrix[r * columns + c]!;
    return sum;
  });
  const share = Math.sqrt(Math.hypot(...right));
  return { rows: left.map((value) => value * share), columns: right.map((value) => value / share) };
}
