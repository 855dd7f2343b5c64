import { frameOf } from './video-frame.ts';

/** Why there is no picture from a camera. */
export type CameraProblem = 'insecure' | 'denied' | 'none' | 'busy' | 'ended';

const quality = 0.95;

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** A camera of this computer: its stream for a video, and single pictures of it. */
export class CameraStream {
  stream = $state.raw<MediaStream | null>(null);
  problem = $state<CameraProblem | ''>('');
  facing = $state<'user' | 'environment'>('user');
  /** Cameras of this computer, as far as it says. */
  count = $state(0);
  #turn = 0;
  readonly #width: number;

  /** `width` of its pictures that is wished for, at 4 : 3. */
  constructor(width = 640) {
    this.#width = width;
  }

  /** Asks for the camera; the browser asks the user. */
  async start(): Promise<void> {
    const turn = ++this.#turn;
    this.#release();
    this.problem = '';
    // Missing on plain http from another machine.
    const media = (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
    if (!media) {
      this.problem = 'insecure';
      return;
    }
    try {
      const stream = await media.getUserMedia({
        audio: false,
        video: {
          facingMode: this.facing,
          width: { ideal: this.#width },
          height: { ideal: (this.#width * 3) / 4 },
        },
      });
      if (turn !== this.#turn) {
        stop(stream);
        return;
      }
      this.stream = stream;
      for (const track of stream.getTracks())
        track.addEventListener('ended', () => {
          if (this.stream !== stream) return;
          this.stream = null;
          this.problem = 'ended';
        });
      const devices = await media.enumerateDevices();
      this.count = devices.filter(({ kind }) => kind === 'videoinput').length;
    } catch (error) {
      if (turn === this.#turn)
        this.problem = problems[error instanceof DOMException ? error.name : ''] ?? 'busy';
    }
  }

  /** The camera on the other side of a phone. */
  turnRound(): Promise<void> {
    this.facing = this.facing === 'user' ? 'environment' : 'user';
    return this.start();
  }

  stop(): void {
    this.#turn++;
    this.#release();
  }

  #release(): void {
    if (this.stream) stop(this.stream);
    this.stream = null;
  }
}

const stop = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());

/** What a video shows now as a JPEG file, to be kept; null while it shows nothing. */
export const pictureFrom = async (video: HTMLVideoElement): Promise<Blob | null> =>
  (await frameOf(video)?.convertToBlob({ type: 'image/jpeg', quality })) ?? null;

/** The same as a file without loss, to be asked about at once. */
export const sharpPictureFrom = async (video: HTMLVideoElement): Promise<Blob | null> =>
  (await frameOf(video)?.convertToBlob()) ?? null;
