import type { CameraProblem } from '../ui/camera.svelte.ts';
import { frameOf } from '../ui/video-frame.ts';
import type { RgbaImage } from '../../datasets/raster.ts';

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
};

/** The camera of this device, asked about as often as the screen is drawn. */
export class Camera {
  #stream: MediaStream | null = null;
  /** Of a start that was taken back meanwhile nothing comes. */
  #turn = 0;
  readonly #video: HTMLVideoElement;
  readonly #see: (picture: RgbaImage) => void;

  constructor(video: HTMLVideoElement, see: (picture: RgbaImage) => void) {
    this.#video = video;
    this.#see = see;
  }

  /** The problem where there is no camera to be had; the browser asks the user first. */
  async start(ended: () => void): Promise<CameraProblem | null> {
    const turn = ++this.#turn;
    const media = (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
    if (!media) return 'insecure';
    let stream: MediaStream;
    try {
      const video = { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 } };
      stream = await media.getUserMedia({ audio: false, video });
    } catch (error) {
      return problems[error instanceof DOMException ? error.name : ''] ?? 'busy';
    }
    this.#stream = stream;
    if (turn !== this.#turn) {
      this.#release();
      return null;
    }
    for (const track of stream.getTracks()) track.addEventListener('ended', ended);
    this.#video.srcObject = stream;
    this.#watch(turn);
    return null;
  }

  stop(): void {
    this.#turn++;
    this.#release();
  }

  #release(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }

  #watch(turn: number): void {
    if (turn !== this.#turn) return;
    const canvas = frameOf(this.#video);
    if (canvas) this.#see(canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height));
    requestAnimationFrame(() => this.#watch(turn));
  }
}
