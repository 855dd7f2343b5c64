/** Children a minute, with one decimal below ten. */
export function perMinute(children: number, minutes: number): string {
  const rate = minutes > 0 ? children / minutes : 0;
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}
