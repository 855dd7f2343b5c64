import { describeFailure } from '../text/en/failures.ts';
import { readFailure, type Failure } from '../../core/failure.ts';
import type { SearchStatus } from '../../workers/protocol.ts';
import { header, states } from '../strings.ts';
import { tell } from './signal.ts';
import type { Session } from '../session.svelte.ts';

const backendNames = header.backend;

/** What a failure comes from. */
const rootOf = (failure: Failure | null): Failure | null =>
  failure && 'cause' in failure ? rootOf(failure.cause) : failure;

/** Puts what the search worker reports into the state bar: one sentence, one action. */
export function reportStatus(status: SearchStatus, session: Session): void {
  const { notices, page } = session;
  switch (status.kind) {
    case 'ready': {
      const { backend } = status;
      const worse = backend.passedOver.find((passed) => passed.kind === 'webgpu');
      const refusal = worse && rootOf(readFailure(worse.reason))?.code;
      const settings = { label: states.noWebgpuHelp, run: () => (page.drawer = 'settings') };
      if (!backend.selfTest.passed) {
        notices.say('self-test', states.selfTestFailed(backend.selfTest.maxDifference.toExponential(1)), {
          label: states.seeNumbers,
          run: () => (page.drawer = 'settings'),
        });
      } else if (worse && refusal === 'self-test') {
        notices.say('self-test', states.selfTest(backendNames.webgpu, backendNames[backend.kind]), {
          label: states.seeNumbers,
          run: () => (page.drawer = 'settings'),
        });
      } else if (backend.software) {
        notices.say('software', states.softwareUsed, settings);
      } else if (worse && refusal === 'emulated-gpu') {
        notices.say('software', states.software, {
          label: states.useAnyway,
          run: () => session.reset({ ...session.recipe, backend: 'webgpu' }, session.name),
        });
      } else if (worse) {
        notices.say('no-webgpu', states.noWebgpu(states.processor), settings, 'info');
      }
      return;
    }
    case 'trainer-restarted': {
      const lost = status.reason.code === 'device-lost';
      notices.say(
        'restarted',
        lost ? states.deviceLost(session.log.whole?.generation ?? 0) : states.restarted(status.network),
        { label: states.seeLog, run: () => (page.tab = 'log') },
      );
      return;
    }
    case 'storage':
      notices.say('storage', states.storage[status.failure], {
        label: states.saveFile,
        run: () => (page.drawer = 'share'),
      });
      return;
    case 'failed':
      const reason = describeFailure(status.reason);
      tell({ kind: 'failed', reason });
      notices.say('failed', states.failed(reason), {
        label: states.tryAgain,
        run: () => session.retry(),
      });
      return;
    case 'finished':
      notices.dismiss('restarted');
      return;
    case 'preparing':
    case 'running':
    case 'paused':
      return;
  }
}
