import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  packDescription,
  readSdp,
  unpackDescription,
  writeSdp,
  type Description,
} from '../../../src/workers/lending/description.ts';
import { fromLetters, readCode, toLetters, writeCode } from '../../../src/workers/lending/pairing-code.ts';
import { newSecret, newTag } from '../../../src/workers/lending/seal.ts';
import { encodeSignal, isSignal, readSignal } from '../../../src/workers/lending/signals.ts';
import { encodeMessage } from '../../../src/workers/lending/messages.ts';

/** As Chromium 156 and Firefox 153 describe their ends, word for word. */
const chromium = `v=0\r
o=- 3891555427683783749 2 IN IP4 127.0.0.1\r
s=-\r
t=0 0\r
a=group:BUNDLE 0\r
a=extmap-allow-mixed\r
a=msid-semantic: WMS\r
m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
c=IN IP4 0.0.0.0\r
a=candidate:3243233101 1 udp 2113937151 22eecd91-48cc-4939-b46b-f3c134ae3586.local 34617 typ host generation 0 network-cost 999\r
a=candidate:170462893 1 udp 2113942271 e69bc27d-4de7-4b7c-b75c-d05e0951051e.local 58026 typ host generation 0 network-cost 999\r
a=ice-ufrag:Loig\r
a=ice-pwd:AhhHH5r5ijT1/Ojkv0CmWIg4\r
a=ice-options:trickle\r
a=fingerprint:sha-256 D9:BC:E5:AE:D8:27:FE:C3:0D:60:7F:E7:19:EA:78:80:5A:C5:60:8D:E6:9C:D6:6D:8B:BA:52:6E:07:6B:E4:44\r
a=setup:actpass\r
a=mid:0\r
a=sctp-port:5000\r
a=max-message-size:262144\r
`;
const firefox = `v=0\r
o=mozilla...THIS_IS_SDPARTA-99.0 4019215148156970958 0 IN IP4 0.0.0.0\r
s=-\r
t=0 0\r
a=sendrecv\r
a=fingerprint:sha-256 29:DA:DC:BD:8E:1E:4C:2E:CF:41:EB:EA:7F:AA:CF:88:C4:E6:39:E5:F3:58:EE:84:52:49:C0:FD:1D:44:BA:80\r
a=group:BUNDLE 0\r
a=ice-options:trickle\r
a=msid-semantic:WMS *\r
m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
c=IN IP4 0.0.0.0\r
a=candidate:0 1 UDP 2122187007 175be515-166c-41ff-9d8a-98a6d95e5f8c.local 33969 typ host\r
a=candidate:1 1 UDP 2122252543 f4e509f0-2081-41da-8ec8-d28ef72a0658.local 58209 typ host\r
a=candidate:2 1 TCP 2105458943 175be515-166c-41ff-9d8a-98a6d95e5f8c.local 9 typ host tcptype active\r
a=sendrecv\r
a=end-of-candidates\r
a=ice-pwd:c65e5ee01821d2598ff85ed5d462dac4\r
a=ice-ufrag:e6a94d25\r
a=mid:0\r
a=setup:actpass\r
a=sctp-port:5000\r
a=max-message-size:1073741823\r
`;

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
const digits = [...'0123456789abcdef'];
const text = (from: readonly string[], minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...from), minLength, maxLength });
const name = fc
  .tuple(text(digits, 8), text(digits, 4), text(digits, 4), text(digits, 4), text(digits, 12))
  .map((parts) => `${parts.join('-')}.local`);
const byte = fc.integer({ min: 0, max: 255 });
const four = fc.oneof(
  fc.tuple(fc.constant(10), byte, byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
);
const six = fc.tuple(
  fc.constantFrom('fd00', 'fc12', 'fe80'),
  ...Array.from({ length: 7 }, () => text(digits, 4)),
);
const candidate = fc.record({
  address: fc.oneof(
    name,
    four.map((parts) => parts.join('.')),
    six.map((groups) => groups.join(':')),
  ),
  port: fc.integer({ min: 1, max: 65535 }),
});
const description: fc.Arbitrary<Description> = fc.record({
  user: text(letters, 4, 32),
  password: text(letters, 22, 64),
  fingerprint: text(digits, 64),
  candidates: fc.array(candidate, { minLength: 1, maxLength: 8 }),
});
const example = readSdp(chromium)!;
const offer = {
  kind: 'offer',
  tag: newTag(),
  secret: newSecret(),
  isPatient: true,
  description: example,
} as const;
const answer = { kind: 'answer', tag: newTag(), isPatient: false, description: example } as const;

describe('descriptions', () => {
  it('are read from what browsers say, the most preferred address first', () => {
    expect(example).toEqual({
      user: 'Loig',
      password: 'AhhHH5r5ijT1/Ojkv0CmWIg4',
      fingerprint: 'd9bce5aed827fec30d607fe719ea78805ac5608de69cd66d8bba526e076be444',
      candidates: [
        { address: 'e69bc27d-4de7-4b7c-b75c-d05e0951051e.local', port: 58026 },
        { address: '22eecd91-48cc-4939-b46b-f3c134ae3586.local', port: 34617 },
      ],
    });
    expect(readSdp(firefox)!.candidates).toEqual([
      { address: 'f4e509f0-2081-41da-8ec8-d28ef72a0658.local', port: 58209 },
      { address: '175be515-166c-41ff-9d8a-98a6d95e5f8c.local', port: 33969 },
    ]);
  });

  it('are the same after they were packed and unpacked, and written and read', () => {
    fc.assert(
      fc.property(description, (given) => {
        expect(unpackDescription(packDescription(given))).toEqual(given);
        expect(readSdp(writeSdp(given, null))).toEqual(given);
        expect(readSdp(writeSdp(given, chromium))).toEqual(given);
      }),
    );
  });

  it('have no line but those of their fields', () => {
    const lines = writeSdp(example, firefox).split('\r\n');
    expect(lines.filter((line) => /^a=(setup|mid|candidate)/.test(line))).toEqual([
      'a=mid:0',
      'a=setup:active',
      'a=candidate:1 1 udp 2130706431 e69bc27d-4de7-4b7c-b75c-d05e0951051e.local 58026 typ host',
      'a=candidate:2 1 udp 2130706175 22eecd91-48cc-4939-b46b-f3c134ae3586.local 34617 typ host',
    ]);
    expect(lines).toHaveLength(18);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '192.167.1.1',
    '127.0.0.1',
    '256.1.1.1',
    '10.1.1',
    '2001:db8::1',
    '::1',
    'fd00::1::2',
    'fd00:1',
    'example.com',
    'evil.local',
  ])('leave out %s, which is no address of the same network', (address) => {
    expect(readSdp(chromium.replaceAll(/\S+\.local/g, address))).toBeNull();
  });

  it('take private addresses, which browsers give where the camera is allowed', () => {
    const read = readSdp(chromium.replace(/\S+\.local/, '192.168.1.7').replace(/\S+\.local/, 'FD00::2'))!;
    expect(read.candidates).toEqual([
      { address: 'fd00::2', port: 58026 },
      { address: '192.168.1.7', port: 34617 },
    ]);
    expect(unpackDescription(packDescription(read))!.candidates[0]!.address).toBe(
      'fd00:0000:0000:0000:0000:0000:0000:0002',
    );
  });

  it('name no address elsewhere, whatever bytes they are packed in', () => {
    const packed = packDescription({ ...example, candidates: [{ address: '10.0.0.1', port: 9 }] });
    packed[packed.length - 4] = 8;
    expect(unpackDescription(packed)).toBeNull();
  });

  it('are none where they are cut, longer, or of other bytes', () => {
    const packed = packDescription(example);
    for (let at = 0; at < packed.length; at++) expect(unpackDescription(packed.slice(0, at))).toBeNull();
    expect(unpackDescription(new Uint8Array([...packed, 0]))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(unpackDescription(new Uint8Array(noise))).toBeNull();
      }),
    );
  });
});

describe('codes', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(description, fc.boolean(), (given, isPatient) => {
        for (const code of [offer, answer]) {
          const whole = { ...code, isPatient, description: given };
          expect(readCode(writeCode(whole))).toEqual({ ok: true, value: whole });
        }
      }),
    );
  });

  it('are short enough for a code that a camera reads from a phone', () => {
    expect(writeCode(offer)).toHaveLength(174);
    expect(writeCode(answer)).toHaveLength(152);
  });

  it('are found in a link, with the spaces that a chat puts in', () => {
    const code = writeCode(offer);
    const expected = { ok: true, value: offer };
    expect(readCode(`https://example.org/lemonade/#pair=${code}`)).toEqual(expected);
    expect(readCode(`http://10.0.0.7/#lang=en&pair=${code}&x=1`)).toEqual(expected);
    expect(readCode(`  ${code.slice(0, 60)}\n${code.slice(60)} `)).toEqual(expected);
  });

  it.each([
    ['nothing', '', 'none'],
    ['another link', 'https://example.org/#join=00112233445566778899aabbccddeeff', 'none'],
    ['a link without its code', 'https://example.org/#pair=', 'none'],
    ['a book', 'A'.repeat(5000), 'none'],
    ['too short', 'abc', 'damaged'],
    ['a sentence', 'not a code!', 'damaged'],
  ])('are not %s', (_, said, reason) => {
    expect(readCode(said)).toEqual({ ok: false, reason });
  });

  it('are refused where any letter is lost or another', () => {
    const code = writeCode(answer);
    for (let at = 0; at < code.length; at++) {
      const other = code[at] === 'A' ? 'B' : 'A';
      expect(readCode(code.slice(0, at) + code.slice(at + 1)).ok).toBe(false);
      const changed = readCode(code.slice(0, at) + other + code.slice(at + 1));
      // The last letter has bits that no byte has.
      if (at < code.length - 1) expect(changed).toEqual({ ok: false, reason: 'damaged' });
    }
  });

  it('of another version are told apart from damaged ones', async () => {
    const { sha256 } = await import('@noble/hashes/sha2.js');
    const body = fromLetters(writeCode(answer))!.slice(0, -4);
    body[0]! ^= 0x1f;
    const code = toLetters(new Uint8Array([...body, ...sha256(body).subarray(0, 4)]));
    expect(readCode(code)).toEqual({ ok: false, reason: 'version' });
  });
});

describe('signals', () => {
  it('arrive as they were sent, and are no messages of a search', () => {
    fc.assert(
      fc.property(description, (given) => {
        const signal = { tag: newTag(), description: given };
        const bytes = encodeSignal(signal);
        expect(isSignal(bytes)).toBe(true);
        expect(readSignal(bytes)).toEqual(signal);
      }),
    );
    expect(isSignal(encodeMessage({ kind: 'bye' }))).toBe(false);
    expect(isSignal(new Uint8Array(0))).toBe(false);
  });

  it('are null where they cannot be read', () => {
    const bytes = encodeSignal({ tag: newTag(), description: example });
    for (let at = 4; at < bytes.length; at++) expect(readSignal(bytes.slice(0, at))).toBeNull();
    const say = (said: object) =>
      new Uint8Array([0, 0, 0, 0, ...new TextEncoder().encode(JSON.stringify(said))]);
    expect(readSignal(say({ tag: '../x', description: toLetters(packDescription(example)) }))).toBeNull();
    expect(readSignal(say({ tag: newTag(), description: 'A'.repeat(40) }))).toBeNull();
    expect(readSignal(new Uint8Array(4000))).toBeNull();
  });
});
