import { hex } from '../../core/hex.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** An address in the same network: a name that only computers of that network resolve (mDNS), or a private one. */
export interface Candidate {
  readonly address: string;
  readonly port: number;
}

/**
 * What one end of a direct line must know of the other. A browser is never given another's SDP, only one written anew from
 * these fields: https://www.rfc-editor.org/rfc/rfc8839 (ICE), https://www.rfc-editor.org/rfc/rfc8122 (fingerprint).
 */
export interface Description {
  readonly user: string;
  readonly password: string;
  /** SHA-256 of its certificate: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** In the order of its own preference. */
  readonly candidates: readonly Candidate[];
}

/** More are left out. [ours] */
const mostCandidates = 8;
const userPattern = /^[A-Za-z0-9+/]{4,32}$/;
const passwordPattern = /^[A-Za-z0-9+/]{22,64}$/;
const namePattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.local$/;
/** RFC 8841: what both ends take; the line sends pieces of 60 kB. */
const mostMessageBytes = 65536;
/** RFC 8445, 5.1.2.1: host candidates come first. */
const hostPreference = 126;

const [nameKind, fourKind, sixKind] = [1, 4, 6];

function fourBytes(address: string): readonly number[] | null {
  const parts = /^\d{1,3}(\.\d{1,3}){3}$/.test(address) ? address.split('.').map(Number) : [];
  return parts.length === 4 && parts.every((part) => part < 256) ? parts : null;
}

function sixBytes(address: string): readonly number[] | null {
  if (!/^[0-9a-f:]{2,39}$/i.test(address)) return null;
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
}

/** RFC 1918, 3927, 6598 and 4193: no code and no device can make a browser speak to an address elsewhere. */
function isPrivate([a = 0, b = 0, ...rest]: readonly number[]): boolean {
  if (rest.length > 2) return (a & 0xfe) === 0xfc || (a === 0xfe && (b & 0xc0) === 0x80);
  if (a === 172) return b >= 16 && b < 32;
  if (a === 100) return b >= 64 && b < 128;
  return a === 10 || (a === 192 && b === 168) || (a === 169 && b === 254);
}

/** The kind of an address and its bytes; null where it is none of the same network. */
function packAddress(address: string): readonly [number, readonly number[]] | null {
  if (namePattern.test(address)) {
    const digits = address.slice(0, -'.local'.length).replaceAll('-', '');
    return [nameKind, Array.from({ length: 16 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16))];
  }
  const four = fourBytes(address);
  if (four) return isPrivate(four) ? [fourKind, four] : null;
  const six = sixBytes(address);
  return six && isPrivate(six) ? [sixKind, six] : null;
}

function unpackAddress(kind: number, bytes: Bytes): string | null {
  const digits = hex(bytes);
  if (kind === nameKind)
    return `${[0, 8, 12, 16, 20].map((from, i) => digits.slice(from, [8, 12, 16, 20, 32][i])).join('-')}.local`;
  if (!isPrivate([...bytes])) return null;
  return kind === fourKind ? bytes.join('.') : digits.match(/.{4}/g)!.join(':');
}

/** What a browser says of its own end, read; null where it has no address to be reached by within the network. */
export function readSdp(sdp: string): Description | null {
  const of = (pattern: RegExp) => pattern.exec(sdp)?.[1] ?? '';
  const fingerprint = of(/^a=fingerprint:sha-256 ([0-9A-F:]+)\r?$/im)
    .replaceAll(':', '')
    .toLowerCase();
  const candidates = [...sdp.matchAll(/^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ host/gim)]
    .map(([, priority, address, port]) => ({
      ...{ priority: Number(priority), port: Number(port), address: address!.toLowerCase() },
    }))
    .filter(({ address }) => packAddress(address))
    .sort((a, b) => b.priority - a.priority)
    .slice(0, mostCandidates)
    .map(({ address, port }) => ({ address, port }));
  const [user, password] = [of(/^a=ice-ufrag:(\S+)/m), of(/^a=ice-pwd:(\S+)/m)];
  if (candidates.length === 0 || !userPattern.test(user) || !passwordPattern.test(password)) return null;
  return /^[0-9a-f]{64}$/.test(fingerprint) ? { user, password, fingerprint, candidates } : null;
}

/**
 * The same for the other browser: as an offer, or as the answer to the offer `own`. Who answers opens DTLS
 * (https://www.rfc-editor.org/rfc/rfc9429, 5.3.1).
 */
export function writeSdp(
  { user, password, fingerprint, candidates }: Description,
  own: string | null,
): string {
  const mid = /^a=mid:(\S+)/m.exec(own ?? '')?.[1] ?? '0';
  const lines = [
    ...['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`],
    ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', `a=mid:${mid}`],
    ...[`a=ice-ufrag:${user}`, `a=ice-pwd:${password}`],
    `a=fingerprint:sha-256 ${fingerprint.toUpperCase().match(/../g)!.join(':')}`,
    `a=setup:${own === null ? 'actpass' : 'active'}`,
    ...['a=sctp-port:5000', `a=max-message-size:${mostMessageBytes}`],
    ...candidates.map(({ address, port }, index) => {
      const priority = hostPreference * 2 ** 24 + (65535 - index) * 256 + 255;
      return `a=candidate:${index + 1} 1 udp ${priority} ${address} ${port} typ host`;
    }),
    'a=end-of-candidates',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

const ascii = (text: string): readonly number[] => [text.length, ...new TextEncoder().encode(text)];

/** In Chromium 101 bytes, with two addresses by name; `unpackDescription` reads them. */
export function packDescription({ user, password, fingerprint, candidates }: Description): Bytes {
  const bytes = [
    ...ascii(user),
    ...ascii(password),
    ...fingerprint.match(/../g)!.map((digits) => parseInt(digits, 16)),
    candidates.length,
  ];
  for (const { address, port } of candidates) {
    const [kind, own] = packAddress(address)!;
    bytes.push(kind, port >> 8, port & 255);
    for (const byte of own) bytes.push(byte);
  }
  return new Uint8Array(bytes);
}

/** Null where the bytes are no description, or name an address outside the network. */
export function unpackDescription(bytes: Bytes): Description | null {
  let at = 0;
  const take = (count: number): Bytes => bytes.subarray(at, (at += count));
  const byte = (): number => take(1)[0] ?? 0;
  const text = (): string => String.fromCharCode(...take(byte()));
  const [user, password] = [text(), text()];
  const fingerprint = hex(take(32));
  const count = byte();
  if (!userPattern.test(user) || !passwordPattern.test(password) || fingerprint.length !== 64) return null;
  if (count < 1 || count > mostCandidates) return null;
  const candidates: Candidate[] = [];
  for (let index = 0; index < count; index++) {
    const [kind, high, low] = [byte(), byte(), byte()];
    if (kind !== nameKind && kind !== fourKind && kind !== sixKind) return null;
    const length = kind === fourKind ? 4 : 16;
    const own = take(length);
    const address = own.length === length ? unpackAddress(kind, own) : null;
    const port = high * 256 + low;
    if (address === null || port === 0) return null;
    candidates.push({ address, port });
  }
  return at === bytes.length ? { user, password, fingerprint, candidates } : null;
}
