import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../src/core/random.ts';
import { type Measured, writeSet } from './pack.ts';
import type { Row } from '../../src/datasets/encode.ts';
import { roundRobin } from '../../src/datasets/split.ts';
import { decodePng, type Rgba } from './png.ts';
import { readSourceFile, unpackSource } from './sources.ts';

interface Emoji {
  readonly short_name: string;
  readonly unified: string;
  readonly image: string;
  readonly category: string;
  readonly subcategory: string;
  readonly has_img_google: boolean;
  readonly has_img_twitter: boolean;
  readonly skin_variations?: Readonly<Record<string, Emoji>>;
}

const side = 32;
const listSha256 = '1d602e65be88772bf8cc368ce16b855d719eeddbafe128d471b80203f494d29f';

/** Ten classes, each a list of the source's own subcategories. */
const classes: readonly { readonly title: string; readonly subcategories: readonly string[] }[] = [
  {
    title: 'face',
    subcategories: [
      ...['face-smiling', 'face-affection', 'face-tongue', 'face-hand', 'face-neutral-skeptical', 'face-hat'],
      ...['face-sleepy', 'face-concerned', 'face-glasses', 'face-unwell'],
    ],
  },
  {
    title: 'hand',
    subcategories: [
      ...['hand-fingers-open', 'hand-fingers-partial', 'hand-single-finger', 'hand-fingers-closed', 'hands'],
    ],
  },
  { title: 'person', subcategories: ['person', 'person-role', 'person-gesture'] },
  {
    title: 'animal',
    subcategories: [
      ...[
        'animal-mammal',
        'animal-bird',
        'animal-reptile',
        'animal-marine',
        'animal-bug',
        'animal-amphibian',
      ],
    ],
  },
  { title: 'plant or fruit', subcategories: ['plant-flower', 'plant-other', 'food-fruit', 'food-vegetable'] },
  { title: 'dish or drink', subcategories: ['food-prepared', 'food-asian', 'food-sweet', 'drink'] },
  { title: 'vehicle', subcategories: ['transport-ground', 'transport-water', 'transport-air'] },
  { title: 'place', subcategories: ['place-building', 'place-religious', 'place-geographic', 'place-other'] },
  { title: 'flag', subcategories: ['country-flag'] },
  {
    title: 'sign',
    subcategories: ['arrow', 'av-symbol', 'alphanum', 'keycap', 'transport-sign', 'warning', 'zodiac'],
  },
];

/** Not for a classroom (rude or contested gestures, alcohol, tobacco), or not what the class title says. */
const leftOut = new Set([
  ...['middle_finger', 'the_horns', 'ok_hand', 'pinching_hand', 'pregnant_man', 'breast-feeding'],
  ...['no_smoking', 'underage', 'eggplant', 'peach', 'love_hotel', 'face_vomiting', 'drooling_face'],
  ...['sake', 'wine_glass', 'cocktail', 'tropical_drink', 'beer', 'beers', 'champagne', 'clinking_glasses'],
  ...[
    'tumbler_glass',
    'busstop',
    'motorway',
    'railway_track',
    'oil_drum',
    'fuelpump',
    'wheel',
    'rotating_light',
  ],
  ...[
    'traffic_light',
    'vertical_traffic_light',
    'octagonal_sign',
    'construction',
    'anchor',
    'ring_buoy',
    'seat',
  ],
  ...['station', 'barber', 'hotsprings', 'rock', 'wood', 'bricks'],
]);

/** Images of each class. */
const testPerClass = 20;
const trainPerClass = 84;
const vendors = ['google', 'twitter'] as const;

/** 64 x 64 RGBA onto white, each 2 x 2 block averaged to one pixel: RGB [32, 32, 3]. */
function shrinkOnWhite(image: Rgba): Uint8Array {
  if (image.width !== 2 * side || image.height !== 2 * side) throw new Error('not a 64 x 64 image');
  const pixels = new Uint8Array(side * side * 3);
  const on = (y: number, x: number, c: number) => {
    const at = (y * image.width + x) * 4;
    return 255 + ((image.data[at + c]! - 255) * image.data[at + 3]!) / 255;
  };
  for (let i = 0; i < pixels.length; i++) {
    const [c, x, y] = [i % 3, 2 * (Math.floor(i / 3) % side), 2 * Math.floor(i / 3 / side)];
    pixels[i] = Math.round((on(y, x, c) + on(y, x + 1, c) + on(y + 1, x, c) + on(y + 1, x + 1, c)) / 4);
  }
  return pixels;
}

/**
 * One picture of an emoji by each vendor; two by each where they are few (hands). An emoji that has skin tones is
 * shown in tones drawn for each vendor from the five and the default yellow, so that tone tells no class.
 */
function picturesOf(emoji: Emoji, each: number, folders: Readonly<Record<string, string>>): Uint8Array[] {
  const random = seeded(`data/emoji/tone/${emoji.unified}`);
  return vendors.flatMap((vendor) => {
    const tones = Object.entries(emoji.skin_variations ?? {})
      .filter(([tone, variant]) => !tone.includes('-') && variant[`has_img_${vendor}`])
      .map(([, variant]) => variant.image);
    const drawn = random.shuffle([emoji.image, ...tones]).slice(0, each);
    return drawn.map((name) =>
      shrinkOnWhite(decodePng(readFileSync(join(folders[vendor]!, 'img', vendor, '64', name)))),
    );
  });
}

/** The same for emoji that differ by gender, hair or direction only, from their code points and names. */
function kindOf(emoji: Emoji): string {
  if (/^(hand|arrow|av-symbol)/.test(emoji.subcategory)) {
    return emoji.short_name.replace(/(left|right|up|down)(wards)?|[+-]1/g, '');
  }
  return emoji.unified
    .replace(/-200D-(2640|2642|27A1)-FE0F/g, '')
    .replace(/-FE0F$/, '')
    .replace(/^(1F468|1F469|1F9D1)-200D-(1F9B[0-3]|.*)/, 'person-$2');
}

const near = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length < 4;

/** Groups of pictures of one class: of one kind, or so alike that they pass for each other (some flags). */
function groupPictures(members: readonly Emoji[], each: number, folders: Readonly<Record<string, string>>) {
  const byKind = new Map<string, Uint8Array[]>();
  for (const emoji of members) {
    const kind = kindOf(emoji);
    byKind.set(kind, [...(byKind.get(kind) ?? []), ...picturesOf(emoji, each, folders)]);
  }
  const groups: Uint8Array[][] = [];
  for (const pictures of byKind.values()) {
    const alike = groups.filter((group) => group.some((a) => pictures.some((b) => near(a, b))));
    for (const group of alike) groups.splice(groups.indexOf(group), 1);
    groups.push([...alike.flat(), ...pictures]);
  }
  return groups;
}

/** Takes whole groups, cutting the last one, until there are `count` rows; what is cut is used nowhere. */
function takeRows(groups: Uint8Array[][], count: number, label: number, name: string): Row[] {
  const rows: Row[] = [];
  for (let group = 0; rows.length < count; group++) {
    const pictures = groups.shift();
    if (pictures === undefined) throw new Error(`class ${label} has only ${rows.length} images for ${name}`);
    rows.push(...pictures.slice(0, count - rows.length).map((pixels) => ({ label, group, pixels })));
  }
  return seeded(`data/emoji/${name}/${label}`).shuffle(rows);
}

/** Emoji in colour from the two npm packages; the test part shares no group with the training part. */
export function prepareEmoji(work: string, folder: string): Measured {
  const folders = { google: unpackSource('google', work), twitter: unpackSource('twitter', work) };
  const list = JSON.parse(
    readSourceFile(join(folders.google, 'emoji.json'), listSha256).toString(),
  ) as readonly Emoji[];
  const train: Row[][] = [];
  const test: Row[][] = [];
  classes.forEach(({ title, subcategories }, label) => {
    const members = list.filter(
      (emoji) =>
        subcategories.includes(emoji.subcategory) &&
        emoji.has_img_google &&
        emoji.has_img_twitter &&
        !leftOut.has(emoji.short_name),
    );
    const groups = groupPictures(members, title === 'hand' ? 2 : 1, folders);
    const mixed = seeded(`data/emoji/groups/${label}`).shuffle(groups);
    test.push(takeRows(mixed, testPerClass, label, 'test'));
    train.push(takeRows(mixed, trainPerClass, label, 'train'));
  });
  const parts = { train: roundRobin(train), test: roundRobin(test) };
  return writeSet('emoji', folder, { height: side, width: side, channels: 3 }, parts, [parts.train.length]);
}
