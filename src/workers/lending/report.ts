import type { NetworkId } from '../../core/search/events.ts';
import type { BackendKind } from '../../engine/engine.ts';

/** How a device is reached: page to page (WebRTC), or by the relay. */
export type LineWay = 'direct' | 'relay';

/** How a device that lends its trainers is, as the host's panel shows it. */
export type DeviceState =
  /** Its trainers start and are tested. */
  | 'preparing'
  | 'training'
  | 'waiting'
  /** Its line is broken; what it trains is waited for a little. */
  | 'away'
  | 'left'
  | 'silent'
  /** A claim of it was measured here and was wrong. */
  | 'lied'
  /** What it sent could not be understood. */
  | 'nonsense'
  /** Its trainers could not be started. */
  | 'unable'
  /** It runs another version of the page. */
  | 'version';

export interface DeviceReport {
  readonly number: number;
  /** As it wants to be called; '' where it did not say. */
  readonly name: string;
  readonly state: DeviceState;
  /** Of its line; null while it has none. */
  readonly way: LineWay | null;
  readonly cores: number;
  readonly backend: BackendKind | null;
  /** False: another backend than the host's, whose numbers differ in their last digits. */
  readonly sameNumbers: boolean;
  readonly trainers: number;
  readonly training: readonly NetworkId[];
  readonly trained: number;
  /** Of them, whose error was measured here again. */
  readonly checked: number;
}

/** Something that happened to a device, told in a sentence; `networks` are trained elsewhere for it. */
export interface DeviceEvent {
  readonly at: number;
  readonly number: number;
  readonly name: string;
  /** `relayed`: its direct line broke, and it goes on over the relay. */
  readonly kind:
    'joined' | 'back' | 'relayed' | 'left' | 'silent' | 'lied' | 'nonsense' | 'unable' | 'version';
  readonly networks: readonly NetworkId[];
  /** Of a device that lied: the network, its claimed and its measured error. */
  readonly lie?: { readonly network: NetworkId; readonly claimed: number; readonly measured: number };
}

export interface HostReport {
  readonly devices: readonly DeviceReport[];
  readonly events: readonly DeviceEvent[];
  /** Children that were trained so far since the first device joined, and by this computer alone. */
  readonly children: { readonly all: number; readonly own: number; readonly minutes: number };
}

/** What the host's page tells its search: lines of devices, and what comes over them. */
export type ToSearch =
  | { readonly kind: 'opened'; readonly line: string; readonly way: LineWay }
  | { readonly kind: 'closed'; readonly line: string }
  /** All devices are sent home. */
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'bytes'; readonly line: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** What a search tells the host's page. */
export type FromSearch =
  | { readonly kind: 'bytes'; readonly line: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'close'; readonly line: string }
  | { readonly kind: 'report'; readonly report: HostReport }
  /** Its trainers are ready: devices may be told of it. */
  | { readonly kind: 'open' }
  | { readonly kind: 'dismissed' };
