// Time-based one-time codes (RFC 6238): a secret shared once, codes of which each is accepted once.
import { generateSecret, generateURI, verifySync } from "otplib";
import { z } from "zod";
import { putRow, type LiveRows, type RowChange, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";

const content = z.strictObject({
  name: z.string().max(100),
  /** Base32, 160 bits (RFC 4226 4). */
  secret: z.string().max(64),
  /** Null until a code has shown that the app holds the secret. */
  confirmedAt: z.iso.datetime().nullable(),
  /** The newest step of which a code was accepted; none of it or before is accepted again. */
  lastStep: z.int().min(0),
});
export type TotpContent = z.infer<typeof content>;

export const TOTP: RowType<TotpContent> = { kind: "totp", content };

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
export const TOTP_MAX = 3;
const UNCONFIRMED_MS = 15 * 60_000;

/** The step a code is right for, within one before and after now; null when it is wrong, or not after `lastStep`. */
export function stepOfCode(secret: string, code: string, lastStep: number, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token: code, epoch, period: PERIOD_SECONDS, epochTolerance: PERIOD_SECONDS });
  const step = result.valid ? Math.floor(epoch / PERIOD_SECONDS) + (result.delta ?? 0) : null;
  return step !== null && step > lastStep ? step : null;
}

export interface NewTotp {
  readonly factorId: Uuid;
  readonly secret: string;
  readonly uri: string;
  /** An SVG image. */
  readonly qrCode: string;
}

/** Not yet a factor: it lapses unless a code confirms it. */
export async function newTotp(label: string, issuer: string): Promise<NewTotp> {
  const secret = generateSecret({ length: SECRET_BYTES });
  const uri = generateURI({ issuer, label, secret, period: PERIOD_SECONDS });
  const { toString: qrCode } = await import("qrcode");
  return { factorId: newId(), secret, uri, qrCode: await qrCode(uri, { type: "svg", errorCorrectionLevel: "M" }) };
}

export function unconfirmed({ factorId, secret }: NewTotp, name: string, now: Date): RowChange {
  return putRow(TOTP, {
    rowId: factorId,
    endsAt: new Date(now.getTime() + UNCONFIRMED_MS),
    content: { name, secret, confirmedAt: null, lastStep: 0 },
  });
}

/** The change that uses the code up; null when it is right for none of the confirmed secrets. TOTP must be among what was read. */
export function usedCode(live: LiveRows, code: string, now: Date): RowChange | null {
  for (const row of live.of(TOTP, now)) {
    const { secret, confirmedAt, lastStep } = row.content;
    const step = confirmedAt === null ? null : stepOfCode(secret, code, lastStep, now);
    if (step !== null) return putRow(TOTP, { ...row, content: { ...row.content, lastStep: step } });
  }
  return null;
}

/** The change that makes it a factor; null when the code is wrong or there is no such one waiting. */
export function confirmed(live: LiveRows, factorId: Uuid, code: string, now: Date): RowChange | null {
  const row = live.of(TOTP, now).find(({ rowId, content: held }) => rowId === factorId && held.confirmedAt === null);
  const step = row === undefined ? null : stepOfCode(row.content.secret, code, row.content.lastStep, now);
  if (row === undefined || step === null) return null;
  const at = now.toISOString();
  return putRow(TOTP, { ...row, endsAt: null, content: { ...row.content, confirmedAt: at, lastStep: step } });
}
