/** What a link says of its whole run at the end of a generation; what is not known is absent. */
export interface Told {
  readonly trained?: number;
  readonly proposed?: number;
  readonly images?: number;
  readonly trainSeconds?: number;
}
