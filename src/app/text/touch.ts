/** English clicks with a mouse and taps with a finger; the other languages have one word for both. */
export function forPointer(words: string, touch = matchMedia('(pointer: coarse)').matches): string {
  return touch ? words.replaceAll(/\bClick/g, 'Tap').replaceAll(/\bclick/g, 'tap') : words;
}
