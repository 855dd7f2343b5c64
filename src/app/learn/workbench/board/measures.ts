/** Sizes on the board, px; all follow from a cell's. */
export interface Measures {
  readonly cell: number;
  /** Numbers are printed; else a kernel is a mosaic and there are no words. */
  readonly readable: boolean;
  readonly gap: number;
  readonly mapSize: number;
  readonly normWidth: number;
  readonly normHeight: number;
  readonly left: number;
  readonly top: number;
}

export function measuresOf(cell: number): Measures {
  const normWidth = 3 * cell;
  return cell >= 12
    ? {
        ...{ cell, readable: true, gap: 8, left: 92, top: 24, normWidth },
        ...{ mapSize: Math.round(cell * 2.1), normHeight: Math.round(1.56 * cell) },
      }
    : {
        ...{ cell, readable: false, gap: 2, left: 24, top: 12, normWidth },
        ...{ mapSize: cell * 3, normHeight: 2 * cell },
      };
}
