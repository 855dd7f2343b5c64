import { seeded, type Random } from '../../src/core/random.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Numbers and texts that have broken readers before. */
const hostile: readonly Json[] = [
  ...[0, -1, 1, 0.5, 1e-300, 1e300, 9_007_199_254_740_991, -0.0001, 64, 5000, 1_000_000],
  ...[null, true, false, '', 'x', '<b>', '=SUM(1)', '__proto__', 'trivial', 'error', 'finished'],
  ...[[], {}, [null], [1, 2, 3], { type: 'competed' }],
];

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function changed(value: Json, random: Random): Json {
  switch (random.integer(7)) {
    case 0:
      return typeof value === 'number' ? value * (random.next() < 0.5 ? -1 : 1.5) : random.pick(hostile);
    case 1:
      return typeof value === 'number' ? value + random.pick([-1, 1, 2]) : random.pick(hostile);
    case 2:
      return Array.isArray(value) && value.length > 0 ? value.slice(random.integer(value.length)) : null;
    case 3:
      return Array.isArray(value) && value.length > 0 ? [...value, random.pick(value)] : [];
    case 4:
      return Array.isArray(value) ? random.shuffle(value) : random.pick(hostile);
    default:
      return random.pick(hostile);
  }
}

/** `value` with one place somewhere in it changed, dropped or put there twice. */
export function mutated(value: Json, random: Random, stop = 0.12): Json {
  const keys = isObject(value) ? Object.keys(value) : Array.isArray(value) ? [...value.keys()] : [];
  if (keys.length === 0 || random.next() < stop) return changed(value, random);
  const key = random.pick<string | number>(keys);
  if (Array.isArray(value)) {
    const index = Number(key);
    if (random.next() < 0.1) return value.filter((_, i) => i !== index);
    // Deep places are the more: events, their fields, the layers of their networks.
    return value.map((entry, i) =>
      i === index ? mutated(entry as Json, random, stop * 0.8) : (entry as Json),
    );
  }
  const object = value as { readonly [key: string]: Json };
  if (random.next() < 0.1) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  return { ...object, [key]: mutated(object[key]!, random, stop * 0.8) };
}

/**
 * `count` texts, each of `value` with one to three places changed, in every second one only places of its `events`; the
 * same ones for the same `seed`.
 */
export function* mutants(
  value: { readonly events: readonly unknown[] },
  count: number,
  seed: string,
): Generator<string> {
  for (let i = 0; i < count; i++) {
    const random = seeded(`${seed}/${i}`);
    let json: unknown = value;
    for (let times = 1 + random.integer(3); times > 0; times--) {
      const whole = json as { readonly events: Json };
      json =
        i % 2 === 0
          ? mutated(json as Json, random)
          : { ...whole, events: mutated(whole.events, random, 0.02) };
    }
    yield JSON.stringify(json);
  }
}
