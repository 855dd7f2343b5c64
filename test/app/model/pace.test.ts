import { expect, test } from 'vitest';
import {
  cursorOfGeneration,
  delayAfter,
  generationsAhead,
  nextStop,
  previousStop,
  speeds,
} from '../../../src/app/model/pace.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';

const progress: SearchEvent = { type: 'progress', network: 1, point: { images: 10, loss: 1 }, seconds: 0 };
const evaluated = (network: number): SearchEvent => ({
  type: 'evaluated',
  network,
  objectives: { error: 0.1 },
  ownImages: 10,
  inheritedImages: 0,
  trainSeconds: 1,
  seconds: 0,
});
const competed = (generation: number): SearchEvent => ({
  type: 'competed',
  generation,
  joined: [],
  left: [],
  dominated: [],
  population: [],
  front: [],
  hypervolume: 0,
  seconds: 0,
});
// cursors:                1         2             3         4            5             6         7
const log: SearchEvent[] = [
  progress,
  evaluated(1),
  progress,
  evaluated(2),
  competed(0),
  progress,
  competed(1),
];

test('a step ends behind the event that ends its unit', () => {
  expect(nextStop(log, 0, 'event')).toBe(1);
  expect(nextStop(log, 0, 'child')).toBe(2);
  expect(nextStop(log, 2, 'child')).toBe(4);
  expect(nextStop(log, 0, 'generation')).toBe(5);
  expect(nextStop(log, 5, 'generation')).toBe(7);
  expect(nextStop(log, 7, 'generation')).toBe(7);
});

test('back from a stop is the stop before it, never the same', () => {
  expect(previousStop(log, 7, 'generation')).toBe(5);
  expect(previousStop(log, 6, 'generation')).toBe(5);
  expect(previousStop(log, 5, 'generation')).toBe(0);
  expect(previousStop(log, 4, 'child')).toBe(2);
  expect(previousStop(log, 0, 'event')).toBe(0);
});

test('stepping forward through all stops and back visits the same cursors', () => {
  for (const unit of ['event', 'child', 'generation'] as const) {
    const forward: number[] = [];
    for (let at = 0; at < log.length; at = nextStop(log, at, unit)) forward.push(at);
    const backward: number[] = [];
    for (let at = log.length; at > 0;) {
      at = previousStop(log, at, unit);
      backward.unshift(at);
    }
    expect(backward).toEqual(forward);
  }
});

test('a generation stands behind its result; one not finished is the end of the log', () => {
  expect(cursorOfGeneration(log, 0)).toBe(5);
  expect(cursorOfGeneration(log, 1)).toBe(7);
  expect(cursorOfGeneration(log, 2)).toBe(7);
  expect(generationsAhead(log, 5)).toBe(1);
  expect(generationsAhead(log, 7)).toBe(0);
});

test('every speed is quicker than the one before', () => {
  const delays = speeds.map((speed) => delayAfter(competed(1), 24, speed));
  expect(delays.toSorted((a, b) => b - a)).toEqual(delays);
  expect(new Set(delays).size).toBe(speeds.length);
});
