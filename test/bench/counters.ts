/** What WebGPU was asked to do, by any library in this context. */
export interface Counters {
  dispatches: number;
  submissions: number;
  /** Bytes of buffers made and not destroyed, and their largest sum so far. */
  bytes: number;
  peakBytes: number;
}

/** Counts on the prototypes of WebGPU's classes: every library is measured alike. Call once, before any device. */
export function installCounters(): Counters {
  const counters: Counters = { dispatches: 0, submissions: 0, bytes: 0, peakBytes: 0 };
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...size) {
    counters.dispatches++;
    return dispatch.apply(this, size);
  };
  const submit = GPUQueue.prototype.submit;
  GPUQueue.prototype.submit = function (buffers) {
    counters.submissions++;
    return submit.call(this, buffers);
  };
  const sizes = new WeakMap<GPUBuffer, number>();
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = create.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    counters.bytes += descriptor.size;
    counters.peakBytes = Math.max(counters.peakBytes, counters.bytes);
    return buffer;
  };
  const destroy = GPUBuffer.prototype.destroy;
  GPUBuffer.prototype.destroy = function () {
    counters.bytes -= sizes.get(this) ?? 0;
    sizes.delete(this);
    return destroy.call(this);
  };
  return counters;
}
