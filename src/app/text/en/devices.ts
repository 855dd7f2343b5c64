/** Files of a network for small devices, and what they cost. */
export const devices = {
  title: 'For microcontrollers and phones',
  kinds: { c: 'C header (int8)', tflite: 'TFLite (float)', tfliteInt8: 'TFLite (int8)' },
  help: {
    c: 'one C99 file with weights and the routine that runs it, integers only, no heap',
    tflite: 'for LiteRT, which was called TensorFlow Lite',
    tfliteInt8: 'a quarter of the size, also for LiteRT for Microcontrollers',
  },
  calibrated:
    'For int8 every number is rounded to 8 bits, on scales found on training images. What that costs is measured with the first such download, and then said here.',
  calibrating: 'Calibrating and measuring…',
  size: (flash: string, ram: string, multiplyAdds: string) =>
    `In int8 it takes ${flash} of flash and ${ram} of RAM, for ${multiplyAdds} multiply-adds an image.`,
  loss: (error: string, before: string, images: string) =>
    `${error} wrong in int8, ${before} in float32, on ${images} images it did not learn from.`,
  tfliteLoss: (error: string) => `As TFLite, which rounds its answer too, ${error} wrong.`,
  fits: (targets: string) => `It fits ${targets}.`,
  fitsNone: (least: string) => `It does not fit ${least}.`,
  target: (flash: string, ram: string) => `${flash} flash with ${ram} RAM`,
  headOf: (head: number) => `Head ${head}:`,
};
