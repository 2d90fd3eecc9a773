// Papers themselves: taken in with the record that tells of them, sealed in its unit, and shown through the gate alone.
import { createHash } from "node:crypto";
import type { Authenticated } from "../access/access.ts";
import type { DisclosureAnswer, Gate, Terms, WaitingUse } from "../disclosure/disclosure.ts";
import { AppError } from "../kernel/app-error.ts";
import { asSealed, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { originText, VaultError, type WriteActor } from "../vault/vault.ts";
import type { DocumentsContext } from "./context.ts";
import { type DocumentPart, hasParts, insertParts, selectParts } from "./document-store.ts";
import { DocumentError } from "./errors.ts";
import { partsDigest, type WrittenPapers, writtenPapers } from "./verify-parts.ts";

export { DocumentError } from "./errors.ts";

/** As pages have them (contract/file-endings.ts): domains do not import the interface, and a test of it compares the two. */
export const ENDINGS: Readonly<Record<string, string>> = {
  "application/pdf": ".pdf",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/tiff": ".tif",
  "text/plain": ".txt",
};

/** Of the name that a paper is saved under; nothing for what is unknown. */
export function endingOf(mediaType: string): string {
  return ENDINGS[mediaType] ?? "";
}

export interface Filing {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  /** A code of the schema's kinds of documents. */
  readonly kind: string;
  readonly mediaType: string;
  /** By the person it is about, as its origin says then. */
  readonly isOwn: boolean;
  readonly bytes: Uint8Array;
}

export interface Filed {
  readonly recordId: Uuid;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  readonly entryId: Uuid;
}

export interface Asked extends Pick<Terms, "purpose" | "basis" | "justification"> {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  /** Whoever it is given to; left out where the asker looks at it. */
  readonly recipient?: Terms["recipient"];
}

/** A paper of which the gate has disclosed the record. */
export interface PaperKnown {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  /** As that record says. */
  readonly digest: string;
}

export interface Paper extends Pick<DisclosureAnswer, "disclosureId" | "restedOn"> {
  /** Of the record that it is the paper of. */
  readonly unitId: Uuid;
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Of the bytes, in hex. */
  readonly sha256: string;
}

export interface Documents {
  /** Record, parts and entry in one commit. Throws DocumentError `empty-file`, VaultError `not-found`, `erased`. */
  file(
    filing: Filing,
    actor: Omit<WriteActor, "also">,
    also?: (tx: Transaction, made: Filed) => Promise<void>,
  ): Promise<Filed>;
  /** Where what belongs to nothing in particular is kept: the customer's relationship; null where there is none. */
  placeOf(customerId: Uuid): Promise<Uuid | null>;
  /** SHA-256, in hex. */
  digestOf(bytes: Uint8Array): string;
  /** For verification: what the ledger says was taken in, gathered entry by entry, and then every part against it. */
  papers(): WrittenPapers;
  /** A paper of this customer whose bytes are sealed here; what is only told of, or kept elsewhere, is none. Nothing is opened. */
  isSealedHere(customerId: Uuid, recordId: Uuid): Promise<boolean>;
  /** Decided and recorded by the gate first. Throws DocumentError `not-shown`, `no-file`, `not-whole`, GateError. */
  read(asker: Authenticated, asked: Asked): Promise<Paper>;
  /**
   * For a copy of data, whose parts say what the gate let its customer have: an entry in the reader's name before anything is opened. Throws DocumentError
   * `not-whole`.
   */
  bytesOf(reader: Authenticated, known: PaperKnown): Promise<Buffer>;
}

/** Bytes; as base64 in JSON below what one row may hold. */
const PART_BYTES = 512 * 1024;
/** What the field `storage-reference` says of a paper whose bytes are here. */
export const REFERENCE = "sealed-here";
const DAY_LENGTH = "2026-01-01".length;
const HANDED_IN = { source: "person", ground: "given", reference: null, institution: null } as const;
const FIELDS = ["document.digest", "document.media-type", "document.storage-reference"] as const;

export function openDocuments(context: DocumentsContext): Documents {
  return {
    file: (filing, actor, also) => file(context, filing, actor, also),
    placeOf: async (customerId) => {
      const [subject] = await context.vault.loadForDecision([{ customerId }]);
      const open = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
      return open?.header.unitId ?? null;
    },
    digestOf: sha256Of,
    papers: () => writtenPapers(context.database),
    isSealedHere: (customerId, recordId) => hasParts(context.database, customerId, recordId),
    read: (asker, asked) => read(context, asker, asked),
    bytesOf: (reader, known) => bytesOf(context, reader, known),
  };
}

async function file(
  { vault, clock }: DocumentsContext,
  { customerId, unitId, kind, mediaType, isOwn, bytes }: Filing,
  actor: Omit<WriteActor, "also">,
  also: (tx: Transaction, made: Filed) => Promise<void> = async () => {},
): Promise<Filed> {
  if (bytes.length === 0) throw new DocumentError("empty-file");
  const recordId = newId();
  const sha256 = sha256Of(bytes);
  const fields = {
    kind,
    digest: sha256,
    "media-type": mediaType,
    "size-bytes": String(bytes.length),
    "storage-reference": REFERENCE,
    "received-on": clock.now().toISOString().slice(0, DAY_LENGTH),
  };
  const prepared = vault.prepare({ recordType: "document", fields });
  if (!prepared.ok) throw new VaultError("invalid-field", "some values were refused", prepared.issues);
  const parts: DocumentPart[] = [];
  for (let part = 0; part * PART_BYTES < bytes.length; part += 1) {
    const piece = Buffer.from(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)).toString("base64");
    const sealed = await vault.sealWaiting({ customerId, unitId, waitsIn: recordId, part: String(part) }, piece);
    parts.push({ recordId, part, customerId, unitId, sealed: asSealed(Buffer.from(sealed, "base64url")) });
  }
  const record = isOwn ? { ...prepared.record, origin: originText(HANDED_IN) } : prepared.record;
  const records = [{ recordId, record, source: null }];
  const units = [{ unitId, create: null, sources: [], records }];
  const { entry } = await vault.create([{ customerId, create: null, sources: [], units }], {
    ...actor,
    also: async (tx, [entryId]) => {
      await insertParts(tx, parts);
      if (entryId !== undefined) await also(tx, { recordId, sha256, entryId });
      return [{ row: "document-part", id: recordId, customer: customerId, revision: 1, digest: partsDigest(parts) }];
    },
  });
  return { recordId, sha256, entryId: entry.entryId };
}

async function read(context: DocumentsContext, asker: Authenticated, asked: Asked): Promise<Paper> {
  const { customerId, recordId, purpose, basis, justification, recipient = null } = asked;
  const { customers, disclosureId, restedOn } = await context.gate.disclose(asker, {
    purpose,
    basis,
    fields: [...FIELDS],
    form: "clear",
    recipient,
    justification,
    subjects: [{ customerId, unitId: null, recordIds: new Set([recordId]) }],
  });
  const answers = customers[0]?.fields ?? [];
  const shown = new Map(
    answers.flatMap(({ field, form, value }) => (form === "clear" && value !== undefined ? [[field, value]] : [])),
  );
  const unitId = answers.find(({ field }) => field === FIELDS[0])?.unitId ?? null;
  const digest = shown.get("document.digest");
  if (digest === undefined || unitId === null) {
    const reasons = answers.flatMap((answer) => answer.reasons.map(({ message }) => message));
    throw new DocumentError("not-shown", [...new Set(reasons)].join("; "));
  }
  if (shown.get("document.storage-reference") !== REFERENCE) throw new DocumentError("no-file");
  const bytes = await bytesOf(context, asker, { customerId, recordId, unitId, digest });
  const mediaType = shown.get("document.media-type") ?? "application/octet-stream";
  return { bytes, mediaType, sha256: digest, disclosureId, restedOn, unitId };
}

async function bytesOf(
  { database, gate }: DocumentsContext,
  reader: Authenticated,
  { customerId, recordId, unitId, digest }: PaperKnown,
): Promise<Buffer> {
  const parts = await selectParts(database, recordId);
  const opened = await opening(gate, reader, {
    customerId,
    why: "document-bytes",
    waitsIn: recordId,
    fields: ["document.digest"],
    sealed: parts.map((sealed, part) => ({
      unitId,
      part: String(part),
      value: Buffer.from(sealed).toString("base64url"),
    })),
  });
  const pieces = parts.map((_, part) => Buffer.from(String(JSON.parse(opened.get(String(part)) ?? '""')), "base64"));
  const bytes = Buffer.concat(pieces);
  // INVARIANT: what is handed out is what was taken in, or nothing.
  if (sha256Of(bytes) !== digest) throw new DocumentError("not-whole");
  return bytes;
}

/** A part that stands in another's place does not open. */
async function opening(
  gate: DocumentsContext["gate"],
  reader: Authenticated,
  asked: WaitingUse,
): ReturnType<Gate["readWaiting"]> {
  try {
    return await gate.readWaiting(reader, asked);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "does-not-open")
      throw new DocumentError("not-whole", "", { cause });
    throw cause;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
