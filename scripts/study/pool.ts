import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildOrder, ChildReply } from './order.ts';

function ask(child: ChildProcess, order: ChildOrder): Promise<ChildReply> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`a process of the study ended with code ${code}`));
    child.once('exit', died);
    child.once('message', (reply) => {
      child.off('exit', died);
      resolve(reply as ChildReply);
    });
    child.send(order);
  });
}

/** Gives `orders` to `jobs` processes, each its next when it is done. Answers with the failures. */
export async function runAll(orders: readonly ChildOrder[], jobs: number): Promise<readonly string[]> {
  const failures: string[] = [];
  const waiting = [...orders];
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    });
    for (let order = waiting.shift(); order; order = waiting.shift()) {
      const reply = await ask(child, order);
      console.error(`[${orders.length - waiting.length}/${orders.length}] ${reply.text}`);
      if (!reply.ok) failures.push(`${order.run.file}: ${reply.text}`);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
  return failures;
}
