// The server's own use of a value: the address of a letter, an answer to be compared. Decided by no policy, recorded like any disclosure, shown to nobody.
import { type Authenticated, viaOf } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { openFields } from "../vault/open.ts";
import { packedNames, type FieldType, type StoredRecord } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";

export interface OwnUse {
  readonly customerId: Uuid;
  readonly why:
    | "caller-code"
    | "caller-answers"
    | "change-letter"
    | "passkey-letter"
    | "case-letter"
    | "rights-letter"
    | "representative-letter"
    | "preference-letter"
    | "demand-letter"
    | "notice-letter"
    | "letter-address"
    | "others-named";
  /** What the value serves: a call, a pending change, a passkey. */
  readonly serves: Uuid;
  /** Which fields of which records of the relationship itself; an empty list uses nothing. */
  readonly choose: (held: readonly Held[]) => readonly Held[];
  readonly recordTypes: readonly string[];
}

export interface Held {
  readonly recordId: Uuid;
  readonly field: FieldType;
}

/** By record and field path, normalised. */
export type OwnValues = ReadonlyMap<string, string>;
export const valueKey = (recordId: Uuid, path: string): string => `${recordId} ${path}`;

const ATTEMPTS_MAX = 4;

/**
 * INVARIANT: nothing is opened before its entry is committed, and what `use` returns holds no value. Throws GateError "not-found" for customers who are not
 * there, erased or not believed, "busy", "does-not-open".
 */
export async function useValues<Result>(
  context: GateContext,
  asked: OwnUse,
  use: (values: OwnValues) => Promise<Result>,
): Promise<Result> {
  return use(await openRecorded(context, asked, (chosen) => draftOf(context, asked, chosen)));
}

/**
 * The same for somebody who puts them on paper: an entry in their name. Whether they may is for the domain to say whose it is. Throws as `useValues`; "busy"
 * also where the asker has changed meanwhile.
 */
export function readValues(context: GateContext, asker: Authenticated, asked: OwnUse): Promise<OwnValues> {
  return openRecorded(context, asked, (chosen) => {
    const draft = draftOf(context, asked, chosen);
    return {
      ...draft,
      actorId: asker.principalId,
      purpose: asker.purposes[0] ?? null,
      detail: { ...draft.detail, ...viaOf(asker), role: asker.role, actorRevision: asker.revision },
      guard: { ...draft.guard, actorRevision: asker.revision },
    };
  });
}

async function openRecorded(
  context: GateContext,
  asked: OwnUse,
  draft: (chosen: Chosen) => EntryDraft,
): Promise<OwnValues> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const chosen = await chosenOf(context, asked);
    if (chosen.fields.length === 0) return new Map();
    if ((await context.append(draft(chosen))) !== null) return open(context, chosen);
  }
  throw new GateError("busy", "what this rests on keeps changing; ask again");
}

interface Chosen {
  readonly revision: number;
  readonly fields: readonly (Held & { readonly stored: StoredRecord })[];
}

async function chosenOf(context: GateContext, { customerId, recordTypes, choose }: OwnUse): Promise<Chosen> {
  const [read] = await context.readCustomers([customerId], recordTypes);
  const state = read?.authority?.state;
  if (read === undefined || state == null || state.status === "erased" || read.file === null)
    throw new GateError("not-found", "there is no such customer");
  const own = read.file.records.filter(({ unit }) => unit.header.kind === "relationship");
  const byId = new Map(own.map((stored) => [stored.record.recordId, stored]));
  const held = own.flatMap(({ record }) => {
    const names = packedNames(record.pack);
    const fields = context.vault.registry.recordType(record.recordType)?.fields ?? [];
    return fields.filter(({ name }) => names.has(name)).map((field) => ({ recordId: record.recordId, field }));
  });
  const fields = choose(held).map((one) => ({ ...one, stored: byId.get(one.recordId)! }));
  return { revision: read.authority?.revision ?? 0, fields };
}

function draftOf({ access }: GateContext, { customerId, why, serves }: OwnUse, chosen: Chosen): EntryDraft {
  const classes: DataClass[] = [...new Set(chosen.fields.map(({ field }) => field.dataClass))];
  const fields = chosen.fields.map(({ recordId, field, stored }) => ({
    path: field.path,
    record: recordId,
    revision: stored.record.revision,
  }));
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId: access.system.principalId,
    customerId,
    recipientId: null,
    purpose: "policy-servicing",
    basis: "role-duty",
    classes,
    withheld: false,
    detail: { ownUse: why, serves, used: fields },
    guard: { actorRevision: null, customerRevision: chosen.revision, policyRevision: null },
  };
}

async function open({ keys, vault }: GateContext, { fields }: Chosen): Promise<OwnValues> {
  const values = new Map<string, string>();
  for (const [stored, wanted] of Map.groupBy(fields, (one) => one.stored)) {
    const request = {
      record: stored.record,
      unitKey: stored.unit.unitKey,
      fields: wanted.map(({ field }) => field.name),
    };
    try {
      const opened = await openFields(keys, vault.registry, request);
      for (const { field } of wanted) {
        const value = opened.get(field.name);
        if (value !== undefined) values.set(valueKey(stored.record.recordId, field.path), value.normalised);
      }
    } catch (cause) {
      throw new GateError(
        "does-not-open",
        "a stored record does not open as it was sealed; run `uberrima verify data`",
        {
          cause,
        },
      );
    }
  }
  return values;
}
