// Devices that somebody has signed in from: a token a device, of which a keyed digest is kept, tells them from new ones.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type LiveRows, putRow, type Row, type RowChange, type RowType } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { SignInContext } from "./context.ts";
import { noted, NOTICE, type Whence } from "./notices.ts";

const content = z.strictObject({ device: z.string().max(200), firstAt: z.iso.datetime(), lastAt: z.iso.datetime() });
export type DeviceContent = z.infer<typeof content>;

export const DEVICE: RowType<DeviceContent> = { kind: "device", content };

const TOKEN_PATTERN = /^ubd_[A-Za-z0-9_-]{43}$/;
const DEVICES_MAX = 10;
const KEPT_MS = 365 * 86_400_000;

/** Null when the token is not of a device of theirs. */
export async function knownDevice(
  context: SignInContext,
  principalId: Uuid,
  token: string | null,
): Promise<Row<DeviceContent> | null> {
  const lookup = deviceDigest(context, principalId, token);
  return lookup === null ? null : context.authority.find(context.database, DEVICE, lookup);
}

export interface SignedInFrom extends Whence {
  /** What the device brought with it from an earlier sign-in. */
  readonly deviceToken: string | null;
}

export interface Recognised {
  /** Null where the device had one that is good; else to be kept by the device, shown once. */
  readonly newToken: string | null;
  /** DEVICE and NOTICE must be among what was read. */
  readonly changes: (live: LiveRows, now: Date) => readonly RowChange[];
  /** True once the changes were made and the device was new to somebody who had others. */
  readonly isNew: () => boolean;
}

/** Whoever has just shown a second factor: their device is known from now on, and a new one is told to them. */
export function recognise(context: SignInContext, principalId: Uuid, from: SignedInFrom): Recognised {
  const lookup = deviceDigest(context, principalId, from.deviceToken);
  const newToken = `ubd_${randomBytes(32).toString("base64url")}`;
  let known: Row<DeviceContent> | undefined;
  let hadOthers = false;
  return {
    get newToken() {
      return known === undefined ? newToken : null;
    },
    isNew: () => known === undefined && hadOthers,
    changes: (live, now) => {
      const standing = live.of(DEVICE, now);
      known = standing.find(
        (row) => lookup !== null && row.lookup !== null && Buffer.compare(row.lookup, lookup) === 0,
      );
      hadOthers = standing.length > 0;
      const at = now.toISOString();
      const endsAt = new Date(now.getTime() + KEPT_MS);
      if (known !== undefined)
        return [putRow(DEVICE, { ...known, endsAt, content: { ...known.content, device: from.device, lastAt: at } })];
      const made = { device: from.device, firstAt: at, lastAt: at };
      return [
        ...standing.slice(0, Math.max(0, standing.length - DEVICES_MAX + 1)).map(({ rowId }) => ({ end: rowId })),
        putRow(DEVICE, { rowId: newId(), lookup: deviceDigest(context, principalId, newToken), endsAt, content: made }),
        ...(hadOthers ? noted(live, now, "new-device", from) : []),
      ];
    },
  };
}

export const RECOGNITION_READS = [DEVICE, NOTICE] as const;

/** One device may serve several people, so the digest is of both. */
function deviceDigest({ keys }: SignInContext, principalId: Uuid, token: string | null): Token | null {
  return token === null || !TOKEN_PATTERN.test(token) ? null : keys.keyedDigest("sign-in-device", principalId, token);
}
