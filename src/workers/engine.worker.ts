import { Ask } from './ask.ts';
import { WorkbenchWorker } from './workbench.ts';
import { ComposeTrainer } from './compose.ts';
import { FinishWorker } from './finish.ts';
import { serve } from './serve.ts';
import { Trainer } from './trainer.ts';
import { WeightSharingWorker } from './weight-sharing.ts';

/** One bundle for all that needs an engine; each instance does what it is named after. */
const roles = {
  trainer: () => new Trainer(),
  ask: () => new Ask(),
  workbench: () => new WorkbenchWorker(),
  compose: () => new ComposeTrainer(),
  finish: () => new FinishWorker(),
  sharing: () => new WeightSharingWorker(),
};

const isRole = (name: string): name is keyof typeof roles => name in roles;

if (!isRole(self.name)) throw new Error(`engine.worker: a worker named "${self.name}" has no role`);
serve(roles[self.name]());
