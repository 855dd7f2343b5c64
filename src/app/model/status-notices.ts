import { readFailure, type Failure } from '../../core/failure.ts';
import type { SearchStatus } from '../../workers/protocol.ts';
import { sentencesText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { signalPage } from './signal.ts';
import type { Notices } from './notices.svelte.ts';
import type { Drawer } from './page.svelte.ts';

/** What a notice offers to do. */
export interface NoticeActions {
  readonly open: (drawer: Drawer) => void;
  readonly showLog: () => void;
  readonly retry: () => void;
  /** Takes the run from the tab that goes on with it. */
  readonly takeOver: () => void;
  readonly useWebgpu: () => void;
}

/** What a failure comes from. */
const rootOf = (failure: Failure | null): Failure | null =>
  failure && 'cause' in failure ? rootOf(failure.cause) : failure;

/** Puts what the search worker reports into the state bar: one sentence, one action. */
export function reportStatus(
  status: SearchStatus,
  notices: Notices,
  generation: number,
  actions: NoticeActions,
): void {
  switch (status.kind) {
    case 'ready': {
      const { backend } = status;
      const worse = backend.passedOver.find((passed) => passed.kind === 'webgpu');
      const refusal = worse && rootOf(readFailure(worse.reason))?.code;
      const settings = { label: texts.states.noWebgpuHelp, run: () => actions.open('settings') };
      if (!backend.selfTest.passed) {
        notices.say(
          'self-test',
          texts.states.selfTestFailed(backend.selfTest.maxDifference.toExponential(1)),
          {
            label: texts.states.seeNumbers,
            run: () => actions.open('settings'),
          },
        );
      } else if (worse && refusal === 'self-test') {
        notices.say(
          'self-test',
          texts.states.selfTest(texts.header.backend.webgpu, texts.header.backend[backend.kind]),
          {
            label: texts.states.seeNumbers,
            run: () => actions.open('settings'),
          },
        );
      } else if (backend.software) {
        notices.say('software', texts.states.softwareUsed, settings);
      } else if (worse && refusal === 'emulated-gpu') {
        notices.say('software', texts.states.software, {
          label: texts.states.useAnyway,
          run: actions.useWebgpu,
        });
      } else if (worse) {
        const { processor, noWebgpu } = texts.states;
        const used = backend.kind === 'webgl' ? texts.header.backend.webgl : processor;
        notices.say('no-webgpu', noWebgpu(used), settings, 'info');
      }
      return;
    }
    case 'trainer-restarted': {
      const lost = status.reason.code === 'device-lost';
      notices.say(
        'restarted',
        lost ? texts.states.deviceLost(generation) : texts.states.restarted(status.network),
        {
          label: texts.states.seeLog,
          run: actions.showLog,
        },
      );
      return;
    }
    case 'storage':
      if (status.failure === null) return notices.dismiss('storage');
      notices.say('storage', texts.states.storage[status.failure], {
        label: texts.states.saveFile,
        run: () => actions.open('share'),
      });
      return;
    case 'failed': {
      const reason = texts.describeFailure(status.reason);
      signalPage({ kind: 'failed', reason });
      const { code } = status.reason;
      const isElsewhere = code === 'run-open-elsewhere' || code === 'run-taken-over';
      const diverged = rootOf(status.reason)?.code === 'diverged';
      const failed = texts.states.failed(reason);
      notices.say(
        'failed',
        diverged ? sentencesText(failed, texts.states.divergedHelp) : failed,
        isElsewhere
          ? { label: texts.states.goOnHere, run: actions.takeOver }
          : diverged
            ? { label: texts.states.seeSettings, run: () => actions.open('settings') }
            : { label: texts.states.tryAgain, run: actions.retry },
      );
      return;
    }
    case 'trained-again':
      notices.say('trained-again', texts.states.trainedAgain(status.network), {
        label: texts.states.seeLog,
        run: actions.showLog,
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
