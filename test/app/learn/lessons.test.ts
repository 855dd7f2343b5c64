import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lessonAfter, lessons } from '../../../src/app/learn/lessons.ts';
import { formatLessonLink, hideable, parseLessonLink, sceneKeys } from '../../../src/app/learn/link.ts';
import { lessonOf, placeOf } from '../../../src/app/model/address.ts';
import { bestCorner, cornerRect } from '../../../src/app/learn/place-card.ts';
import { targets } from '../../../src/app/learn/targets.ts';
import { lessons as words } from '../../../src/app/text/en/lessons.ts';
import { verify } from '../../../src/app/text/en/share.ts';
import { searchLessons as zhLessons } from '../../../src/app/text/zh/search-lessons.ts';
import { verify as zhVerify } from '../../../src/app/text/zh/share.ts';
import { networkOf } from '../../../src/app/learn/director.ts';
import { showsEffect } from '../../../src/app/learn/made-by.ts';
import { isBlock } from '../../../src/core/architecture/graph.ts';
import { puzzles } from '../../../src/app/learn/compose/puzzles.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import type { RunFile } from '../../../src/core/run-file/schema.ts';

const app = new URL('../../../src/app', import.meta.url).pathname;
const markup = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => readFileSync(join(app, name), 'utf8'));
const recording = JSON.parse(
  readFileSync(new URL('../../../public/recordings/first-visit.json', import.meta.url), 'utf8'),
) as RunFile;
const view = viewOf(recording.events)!;

describe('lessons', () => {
  it('are the eight of the product, each with words for every step', () => {
    expect(lessons.map(({ id }) => id)).toEqual([
      'front',
      'deepen',
      'widen',
      'skip',
      'shrink',
      'sampling',
      'weights',
      'shared',
    ]);
    for (const lesson of lessons) {
      const { steps } = words.lessons[lesson.id];
      expect(steps, lesson.id).toHaveLength(lesson.steps.length);
      lesson.steps.forEach((step, index) => {
        const text = steps[index]!;
        expect(text.title && text.text, `${lesson.id} ${index + 1}`).toBeTruthy();
        // An action has a button and something to say once it is done; a step without one has neither.
        expect(Boolean(text.act), `${lesson.id} ${index + 1}`).toBe(step.action !== undefined);
        expect(Boolean(text.after), `${lesson.id} ${index + 1}`).toBe(step.action !== undefined);
      });
    }
  });

  it('name the button that checks a run as it is', () => {
    const { options, why } = words.lessons.shared.question;
    expect(options.join()).toContain(`“${verify.run}”`);
    expect(zhLessons.shared.question.options.join()).toContain(`“${zhVerify.run}”`);
    expect(`${options.join()}${why.join()}`).not.toContain('Verify');
  });

  it('point at targets that some component really has', () => {
    for (const lesson of lessons)
      for (const { target } of lesson.steps) {
        for (const part of targets[target].split(' ')) {
          const [, tag, kind, name] = /^([a-z]*)(?:([#.])(\w[\w-]*))?$/.exec(part)!;
          const found = markup.some(
            (text) =>
              (!tag || new RegExp(`<${tag}[\\s>]`).test(text)) &&
              (!name ||
                new RegExp(
                  kind === '#' ? `id="${name}"` : `class=(?:"|\\{\\[[^\\]]*?)[^\\]"]*'?\\b${name}\\b`,
                ).test(text)),
          );
          expect(found, `${lesson.id}: ${targets[target]}`).toBe(true);
        }
      }
  });

  it('stand on generations, networks, beats and puzzles that there are', () => {
    for (const lesson of lessons)
      for (const { scene, action } of lesson.steps) {
        if (scene.page === 'run') {
          if (scene.at !== 'end') expect(scene.at).toBeLessThanOrEqual(view.generation);
          if (scene.look) expect(networkOf(view, scene.look), lesson.id).not.toBeNull();
        }
        if (scene.page === 'compose') expect(puzzles.some(({ id }) => id === scene.puzzle)).toBe(true);
        if (action?.does === 'look') expect(networkOf(view, action.at), lesson.id).not.toBeNull();
        if (action?.does === 'replay' && scene.page === 'run')
          expect(action.to === 'end' ? Infinity : action.to).toBeGreaterThan(Number(scene.at));
      }
  });

  it('look at a network in which what the operator did is to be seen', () => {
    const blocks = (id: number) => view.networks.get(id)!.architecture.nodes.filter(isBlock);
    const filters = (id: number) => new Map(blocks(id).map((block) => [block.id, block.filters]));
    for (const operator of ['deepen', 'widen', 'skip', 'prune'] as const) {
      const id = networkOf(view, { madeBy: operator })!;
      const { chain, parent, objectives } = view.networks.get(id)!;
      expect(chain.map((step) => step.operator)).toContain(operator);
      const before = view.networks.get(parent!)!.objectives;
      // Pruning is worth its errors for what it saves.
      const key = operator === 'prune' ? 'parameters' : 'error';
      expect(objectives[key], operator).toBeLessThan(before[key]!);
      const [own, inParent] = [filters(id), filters(parent!)];
      const changes = [...own].map(([block, count]) => count - (inParent.get(block) ?? count));
      if (operator === 'widen') expect(Math.max(...changes)).toBeGreaterThan(0);
      if (operator === 'prune') expect(Math.min(...changes)).toBeLessThan(0);
      if (operator === 'deepen') expect([...own.keys()].some((block) => !inParent.has(block))).toBe(true);
      if (operator === 'skip') {
        const merges = (of: number) =>
          view.networks.get(of)!.architecture.nodes.filter(({ inputs }) => inputs.length > 1).length;
        expect(merges(id)).toBeGreaterThan(merges(parent!));
      }
    }
  });

  it('take nothing for the work of an operator that a later one undid', () => {
    for (const network of view.networks.values())
      if (network.chain.length > 1 && showsEffect(view, network, 'widen')) {
        const before = view.networks.get(network.parent!)!.architecture.nodes.filter(isBlock);
        const wider = network.architecture.nodes
          .filter(isBlock)
          .some(({ id, filters }) => before.some((block) => block.id === id && block.filters < filters));
        expect(wider, `network ${network.id}`).toBe(true);
      }
  });

  it('follow each other to the end', () => {
    expect(lessonAfter('front')!.id).toBe('deepen');
    expect(lessonAfter('shared')).toBeNull();
  });
});

describe('links', () => {
  it('are read back as they were made, whatever is hidden', () => {
    for (const link of [
      { lesson: 'widen', present: true, hide: ['loop', 'files'], seed: 42 },
      { lesson: 'front', present: false, hide: [], seed: null },
      { lesson: 'shared', present: true, hide: [...hideable], seed: 0 },
    ] as const) {
      const params = new URLSearchParams(formatLessonLink(link));
      expect(lessonOf(params)).toBe(link.lesson);
      expect({ lesson: link.lesson, ...parseLessonLink(params) }).toEqual(link);
    }
  });

  it('leave out what they do not know', () => {
    const params = new URLSearchParams('lesson=widen&hide=loop,everything&seed=-3&present=yes');
    expect(parseLessonLink(params)).toEqual({ present: false, hide: ['loop'], seed: null });
  });

  it('name the page that each step needs', () => {
    for (const lesson of lessons)
      for (const { scene } of lesson.steps) {
        const params = new URLSearchParams([`lesson=${lesson.id}`, ...sceneKeys(scene)].join('&'));
        expect(placeOf(params)).toBe(scene.page);
      }
    expect(placeOf(new URLSearchParams('lesson=1'))).toBe('lessons');
    expect(placeOf(new URLSearchParams('lessons'))).toBe('lessons');
    expect(placeOf(new URLSearchParams('dataset=digits'))).toBe('run');
  });
});

describe('the card', () => {
  const viewport = { width: 1440, height: 900 };
  const card = { width: 376, height: 220 };
  it('moves out of the way of its target, and stays where it is in nobody’s way', () => {
    const strip = { left: 24, top: 640, right: 1416, bottom: 900 };
    expect(bestCorner(strip, viewport, card, 'bottom-left')).toMatch(/^top/);
    const plot = { left: 350, top: 150, right: 980, bottom: 640 };
    expect(bestCorner(plot, viewport, card, 'bottom-right')).toBe('bottom-right');
    expect(bestCorner(null, viewport, card, 'top-left')).toBe('top-left');
  });
  it('stays inside the window', () => {
    for (const corner of ['bottom-left', 'bottom-right', 'top-right', 'top-left'] as const) {
      const rect = cornerRect(corner, 1440, 900, card, 16);
      expect(Math.min(rect.left, rect.top, 1440 - rect.right, 900 - rect.bottom)).toBeGreaterThanOrEqual(16);
    }
  });
});
