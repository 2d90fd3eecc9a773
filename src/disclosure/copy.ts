// Copying a clear value out of a page is itself a disclosure event: written down before the page copies.
import { z } from "zod";
import { type Authenticated, viaOf } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { EntryDraft, EntryView, Sequenced } from "../ledger/ledger.ts";
import type { FieldType } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";

export interface CopyQuestion {
  readonly disclosureId: Uuid;
  readonly recordId: Uuid;
  readonly field: string;
  /** How long a page may show what it was given. */
  readonly shownSeconds: number;
}

export interface CopyAnswer {
  readonly copyId: Uuid;
  readonly promise: Sequenced["promise"];
}

const given = z.object({
  via: z.string().optional(),
  customers: z.array(
    z.object({
      customer: z.string(),
      fields: z.array(z.object({ form: z.string(), path: z.string(), record: z.string().nullable() })),
    }),
  ),
});

/**
 * INVARIANT: only by whoever was given the value, in clear, by that disclosure, and not after the page had to hide it. Throws GateError "not-found" (recorded)
 * for everything else alike, "unknown-field", "busy".
 */
export async function recordCopy(context: GateContext, asker: Authenticated, asked: CopyQuestion): Promise<CopyAnswer> {
  const field = context.vault.registry.field(asked.field);
  if (field === null) throw new GateError("unknown-field", "this field is not in the schema; see GET /v1/schema");
  const disclosure = await ownDisclosure(context, asker, asked);
  const customerId = disclosure === null ? null : await customerGiven(context, asker, disclosure, asked);
  const draft = draftOf(asker, asked, { field, disclosure, customerId });
  const sequenced = await context.append(draft);
  if (sequenced === null) throw new GateError("busy", "this client has just changed; ask again");
  if (customerId === null)
    throw new GateError("not-found", "no such value was given to you, or it may be shown no longer");
  return { copyId: sequenced.entryId, promise: sequenced.promise };
}

async function ownDisclosure(
  { ledger, clock }: GateContext,
  asker: Authenticated,
  { disclosureId, shownSeconds }: CopyQuestion,
): Promise<EntryView | null> {
  const entry = await ledger.entry(disclosureId, "cleared");
  if (entry === null || entry.kind !== "disclosure" || entry.actorId !== asker.principalId) return null;
  const ageSeconds = clock.now().getTime() / 1000 - entry.at;
  return ageSeconds <= shownSeconds ? entry : null;
}

/** Whose record the value was given of; null where it was not given in clear. */
async function customerGiven(
  { ledger }: GateContext,
  asker: Authenticated,
  { entryId }: EntryView,
  { recordId, field }: CopyQuestion,
): Promise<Uuid | null> {
  const opening = await ledger.opening(entryId, "cleared");
  const detail = given.safeParse(opening?.detail);
  // What a person was given through a client, that client's page shows.
  if (!detail.success || detail.data.via !== asker.via) return null;
  const found = detail.data.customers.find(({ fields }) =>
    fields.some((one) => one.path === field && one.record === recordId && one.form === "clear"),
  );
  return found === undefined ? null : (found.customer as Uuid);
}

interface Found {
  readonly field: FieldType;
  readonly disclosure: EntryView | null;
  readonly customerId: Uuid | null;
}

function draftOf(
  asker: Authenticated,
  { disclosureId, recordId }: CopyQuestion,
  { field, disclosure, customerId }: Found,
): EntryDraft {
  return {
    entryId: newId(),
    kind: "copy",
    outcome: customerId === null ? "denied" : "allowed",
    actorId: asker.principalId,
    customerId,
    recipientId: null,
    purpose: disclosure?.purpose ?? null,
    basis: disclosure?.basis ?? null,
    classes: [field.dataClass],
    withheld: disclosure?.withheld === true,
    detail: {
      ...viaOf(asker),
      role: asker.role,
      actorRevision: asker.revision,
      disclosure: disclosureId,
      field: field.path,
      record: recordId,
    },
    guard: { actorRevision: asker.revision, customerRevision: null, policyRevision: null },
  };
}
