/** Shorter side of a picture that is taken, pixels: more than any network of this page sees. [ours] */
const shorterSide = 256;

/** What a video shows now; null while it shows nothing. */
export function frameOf(video: HTMLVideoElement): OffscreenCanvas | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, shorterSide / Math.min(videoWidth, videoHeight));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}
