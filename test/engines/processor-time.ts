import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of /proc on Linux. */
const ticksPerSecond = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Processor seconds of its own and of its children that have ended. */
  readonly seconds: number;
}

/** The processes of this machine; none where there is no /proc. */
function processes(): readonly Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ');
          const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
          return [{ pid: Number(name), parent: Number(fields[1]), seconds: ticks / ticksPerSecond }];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}

/** Processor seconds of all that this process has started, directly or not. */
export function secondsBelow(root = process.pid): number {
  const all = processes();
  let [sum, parents] = [0, [root]];
  while (parents.length > 0) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    sum += children.reduce((total, { seconds }) => total + seconds, 0);
    parents = children.map(({ pid }) => pid);
  }
  return sum;
}
