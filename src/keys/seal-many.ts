// Seals many values at once, each alone: its own envelope, associated data and tag; what they share is one pass of the cipher a key.
import { asSealed, type Sealed } from "../kernel/bytes.ts";
import { type AeadKey, FORMAT_CTR_HMAC, PLAINTEXT_SIZE_BYTES_MAX, refuseWiped, seal } from "./aead.ts";
import { alignToBlock, sealCtrHmac } from "./ctr-hmac.ts";
import { KeysError } from "./errors.ts";

export interface ToSeal {
  /** The same object for all that one pass may seal. */
  readonly key: AeadKey;
  /** Text is sealed as UTF-8. */
  readonly plaintext: Uint8Array | string;
  /** To fill up text with spaces to this size, no less than its own. */
  readonly paddedBytes?: number;
  /** Together the associated data, as `seal` takes it. */
  readonly aad: readonly Uint8Array[];
}

const SPACE = 0x20;

/** In the order given; each opens by `open` as if it had been sealed alone. Throws KeysError "lease-expired", "limit". */
export function sealMany(items: readonly ToSeal[]): Sealed[] {
  const sealed: Sealed[] = Array.from({ length: items.length });
  const passes = new Map<AeadKey, number[]>();
  items.forEach((item, at) => {
    const pass = passes.get(item.key);
    if (item.key.algorithm !== "aes-256-ctr-hmac-sha-256") sealed[at] = sealAlone(item);
    else if (pass === undefined) passes.set(item.key, [at]);
    else pass.push(at);
  });
  for (const [key, places] of passes) {
    const envelopes = sealPass(
      key,
      places.map((at) => items[at]!),
    );
    places.forEach((at, nth) => (sealed[at] = envelopes[nth]!));
  }
  return sealed;
}

function sealAlone(item: ToSeal): Sealed {
  const plaintext = Buffer.alloc(sizeOf(item));
  writePlaintext(item, plaintext, 0, plaintext.length);
  return seal(item.key, plaintext, Buffer.concat(item.aad));
}

function sealPass(key: AeadKey, items: readonly ToSeal[]): Sealed[] {
  refuseWiped(key.key);
  const sizes = items.map(sizeOf);
  const totalBytes = sizes.reduce((sum, size) => sum + alignToBlock(size), 0);
  if (totalBytes > PLAINTEXT_SIZE_BYTES_MAX) throw new KeysError("limit");
  const blocks = Buffer.alloc(totalBytes);
  let at = 0;
  items.forEach((item, nth) => {
    const sizeBytes = sizes[nth] ?? 0;
    writePlaintext(item, blocks, at, sizeBytes);
    at += alignToBlock(sizeBytes);
  });
  const header = headerOf(key.version);
  const envelopes = sealCtrHmac({ key: key.key, header, blocks, sizes, aads: items.map(({ aad }) => aad) });
  blocks.fill(0);
  return envelopes.map((envelope) => asSealed(envelope));
}

function sizeOf({ plaintext, paddedBytes }: ToSeal): number {
  return paddedBytes ?? Buffer.byteLength(plaintext);
}

function writePlaintext({ plaintext }: ToSeal, out: Buffer, at: number, sizeBytes: number): void {
  if (typeof plaintext !== "string") return void out.set(plaintext, at);
  const written = out.write(plaintext, at, sizeBytes, "utf8");
  if (written < sizeBytes) out.fill(SPACE, at + written, at + sizeBytes);
}

/** u8 format || u32be key version */
function headerOf(version: number): Buffer {
  const header = Buffer.allocUnsafe(5);
  header[0] = FORMAT_CTR_HMAC;
  header.writeUInt32BE(version, 1);
  return header;
}
