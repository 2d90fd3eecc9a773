// A package as it stands among the authority rows: what was sent to whom, by which disclosures, and what became of it. Never a value.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { keptCode } from "../codes/codes.ts";
import { BASES, PURPOSES } from "../kernel/vocabulary.ts";

const PACKAGE_STATES = ["waiting", "picked-up", "revoked", "expired"] as const;
export type PackageState = (typeof PACKAGE_STATES)[number];

/** A check of the flow that held when the package was made; what was attested, and by what, on the word of whoever made it. */
const checked = z.strictObject({
  check: z.string(),
  attest: z.string().nullable(),
  reference: z.string().nullable(),
  /** How many customers it kept out. */
  leftOut: z.int().min(0),
});
export type CheckedContent = z.infer<typeof checked>;

const GROUNDS = ["authorization", "legal-process", "privilege-review", "release-judgement"] as const;
export const GROUNDS_MAX = 1000;
export const UNITS_MAX = 800;

const content = z.strictObject({
  recipientId: z.uuid(),
  purpose: z.enum(PURPOSES),
  basis: z.enum(BASES),
  /** `key`: encrypted to the recipient's own; `room`: shown once in the browser, to whoever holds the link and the code. */
  delivery: z.enum(["key", "room"]),
  keyId: z.uuid().nullable(),
  format: z.enum(["json", "csv"]),
  /** The recurring flow that it was made by. */
  flow: z.string().max(64).nullable(),
  checks: z.array(checked).max(50).default([]),
  /** Customer and unit: each has to be open still when it is picked up. */
  openUnits: z
    .array(z.tuple([z.uuid(), z.uuid()]))
    .max(200)
    .default([]),
  /**
   * What it rested on besides contracts, of whom, and a digest of how far that reached: the very same has to stand when it is picked up.
   */
  grounds: z
    .array(z.tuple([z.uuid(), z.enum(GROUNDS), z.uuid(), z.string().max(64)]))
    .max(GROUNDS_MAX)
    .default([]),
  /** A room's content may be kept by its reader. */
  mayDownload: z.boolean(),
  madeBy: z.uuid(),
  madeAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The ledger's entries of what it holds. */
  disclosures: z.array(z.uuid()).min(1).max(500),
  /** Whom it is about, with the revision that was decided on. */
  customers: z.array(z.tuple([z.uuid(), z.int()])).max(200),
  /** The retention units that what was released stood in; null of packages from before this was kept. */
  units: z.array(z.uuid()).max(UNITS_MAX).nullable().default(null),
  released: z.int().min(1),
  refused: z.int().min(0),
  /** SHA-256 of the file, in hex, and its size. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().min(1),
  state: z.enum(PACKAGE_STATES),
  changedAt: z.iso.datetime(),
  /** Of a room: the code that was last sent. */
  code: z.strictObject({ kept: keptCode, expiresAt: z.iso.datetime() }).nullable(),
});
export type PackageContent = z.infer<typeof content>;

export const PACKAGE: RowType<PackageContent> = { kind: "package", content };
export type PackageRow = Row<PackageContent>;
