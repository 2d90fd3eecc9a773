// What is to be sent, and what a letter looks like on its way.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";

export const LANGUAGES = ["en", "es", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LETTERS = [
  "sign-in-code",
  "caller-code",
  "several-share-address",
  "representative-granted",
  "representative-ended",
  "change-confirm",
  "change-noticed",
  "change-stopped",
  "staff-new-device",
  "staff-password-changed",
  "staff-factor-added",
  "staff-factor-removed",
  "staff-recovery-code-used",
  "staff-recovery-codes-made",
  "staff-reset-requested",
  "staff-reset-approved",
  "staff-reset-done",
  "emergency-access",
  "watch-alert",
  "passkeys-changed",
  "case-answered",
  "information-demanded",
  "right-received",
  "right-news",
  "right-due",
  "reach-changed",
  "room-code",
  "privacy-notice",
  "correction-told",
  "statement-told",
  "withdrawal-told",
  "telling-due",
] as const;
export type LetterName = (typeof LETTERS)[number];

export interface Letter {
  readonly to: string;
  readonly name: LetterName;
  readonly language: Language;
  /** Exactly those that the template names. Moments are spelt as the language does. */
  readonly values: Readonly<Record<string, string | Date>>;
  /** Whose clock the moments are told by, as an IANA name; UTC where nobody's is known. */
  readonly zone?: string | undefined;
  /** Of no use afterwards, and then not sent. */
  readonly expiresAt: Date;
  /** The customer it is written to, where it is one: nothing goes to an address of the erased. */
  readonly addressee?: Uuid;
  /** A row of a customer's that is told what became of the letter, where that proves something. */
  readonly proves?: Proves;
}

const proves = z.strictObject({ customerId: z.uuid(), rowId: z.uuid() });
export type Proves = z.infer<typeof proves>;

/** As it is sealed in the outbox. */
export const wrapped = z.strictObject({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  expiresAt: z.iso.datetime(),
  proves: proves.optional(),
  addressee: z.uuid().optional(),
});
export type Wrapped = z.infer<typeof wrapped>;

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The local part of its Message-ID. */
  readonly id: string;
  readonly date: Date;
}

/** Something that hands messages over. Throws SendFailure. */
export interface Transport {
  send(message: Message): Promise<void>;
  close(): void;
}

/** Not handed over: for good, or to be tried again. The code is ours: what a mail server says may repeat the address. */
export class SendFailure extends Error {
  readonly code: "refused" | "try-later" | "unreachable" | "not-secure";

  constructor(code: SendFailure["code"]) {
    super(code);
    this.name = "SendFailure";
    this.code = code;
  }
}

const ADDRESS = /^[^\s@,;:<>()"\\[\]\p{Cc}]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/iu;

/** One mailbox and nothing that a header or an envelope could be bent with (RFC 5321 4.1.2, without quoted local parts). */
export function isAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text);
}
