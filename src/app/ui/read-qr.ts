/** Reads the QR code in a picture; null where it sees none. */
export type QrReader = (video: HTMLVideoElement) => Promise<string | null>;

/** The browser's own reader, where it has one (https://wicg.github.io/shape-detection-api). */
interface Detector {
  new (options: { readonly formats: readonly string[] }): {
    detect(image: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
  };
  getSupportedFormats(): Promise<readonly string[]>;
}

async function browsersOwn(): Promise<QrReader | null> {
  const { BarcodeDetector: Own } = globalThis as { readonly BarcodeDetector?: Detector };
  try {
    if (!Own || !(await Own.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new Own({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}

/** In browsers without: a library, fetched now. */
async function library(): Promise<QrReader> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) return null;
    Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0);
    try {
      return decodeQR({ width, height, data: context.getImageData(0, 0, width, height).data });
    } catch {
      return null;
    }
  };
}

export const qrReader = async (): Promise<QrReader> => (await browsersOwn()) ?? library();
