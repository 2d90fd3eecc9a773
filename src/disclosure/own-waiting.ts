// The server's own use of values that wait to be written: opened to be written at last, or for the address of a letter. Recorded, shown to nobody.
import { type Authenticated, viaOf } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { openWaiting } from "../vault/open.ts";
import { VaultError } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";

export interface WaitingUse {
  readonly customerId: Uuid;
  readonly why:
    | "change-values"
    | "change-letter"
    | "case-words"
    | "rights-words"
    | "dilemma-words"
    | "preference-letter"
    | "authorization-scope"
    | "data-copy-parts"
    | "letter-words"
    | "document-bytes";
  /** The row that they wait in. */
  readonly waitsIn: Uuid;
  /** Paths of the fields that they are about, for the entry. */
  readonly fields: readonly string[];
  readonly sealed: readonly SealedWaiting[];
}

export interface SealedWaiting {
  readonly unitId: Uuid;
  readonly part: string;
  readonly value: string;
}

/** By part: JSON text; what lay in a unit that is erased is absent. */
export type WaitingValues = ReadonlyMap<string, string>;

const ATTEMPTS_MAX = 4;

/**
 * INVARIANT: nothing is opened before its entry is committed, and what `use` returns holds no value. Throws GateError "not-found" for customers who are not
 * there, erased or not believed, "busy", "does-not-open".
 */
export async function useWaiting<Result>(
  context: GateContext,
  asked: WaitingUse,
  use: (values: WaitingValues) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const [read] = await context.readCustomers([asked.customerId], []);
    if (read?.authority?.state?.status !== "active") throw new GateError("not-found", "there is no such customer");
    const sequenced = await record(context, asked, read.authority.revision);
    if (sequenced !== null) return use(await openAll(context, asked));
  }
  throw new GateError("busy", "what this rests on keeps changing; ask again");
}

/**
 * The same for somebody who reads it: an entry in their name. Whether they may is for the domain to say whose it is. Throws as `useWaiting`, and GateError
 * "no-longer-active".
 */
export async function readWaiting(
  context: GateContext,
  asker: Authenticated,
  asked: WaitingUse,
): Promise<WaitingValues> {
  const [read] = await context.readCustomers([asked.customerId], []);
  if (read?.authority?.state?.status !== "active") throw new GateError("not-found", "there is no such customer");
  const draft = draftOf(context, asked, read.authority.revision);
  const isOwn = asker.customerId === asked.customerId;
  const sequenced = await context.append({
    ...draft,
    actorId: asker.principalId,
    purpose: isOwn ? "data-subject-request" : purposeOf(asked.why, asker),
    basis: isOwn ? "rights-request" : "role-duty",
    detail: { ...draft.detail, ...viaOf(asker), role: asker.role, actorRevision: asker.revision },
    guard: { ...draft.guard, actorRevision: asker.revision },
  });
  if (sequenced === null) throw new GateError("busy", "what this rests on has just changed; ask again");
  return openAll(context, asked);
}

/** What it is read for follows from what it waits in, not from what else its reader is registered for: the customer reads it. */
function purposeOf(why: WaitingUse["why"], { purposes }: Authenticated): Purpose | null {
  switch (why) {
    case "rights-words":
    case "change-values":
    case "data-copy-parts":
      return "data-subject-request";
    case "case-words":
      return "complaint";
    case "dilemma-words":
      return purposes.find((name) => name === "complaint") ?? purposes[0] ?? null;
    case "document-bytes":
      return purposes[0] ?? null;
    default:
      return "policy-servicing";
  }
}

function record(context: GateContext, asked: WaitingUse, customerRevision: number) {
  return context.append(draftOf(context, asked, customerRevision));
}

function draftOf({ access, vault }: GateContext, asked: WaitingUse, customerRevision: number): EntryDraft {
  const { customerId, why, waitsIn, fields } = asked;
  const classes: DataClass[] = [...new Set(fields.flatMap((path) => vault.registry.field(path)?.dataClass ?? []))];
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
    detail: { ownUse: why, serves: waitsIn, used: fields.map((path) => ({ path })) },
    guard: { actorRevision: null, customerRevision, policyRevision: null },
  };
}

/** INVARIANT: after its entry is committed. What lay in a unit that is erased is absent. */
export async function openAll(
  { keys, vault }: Pick<GateContext, "keys" | "vault">,
  asked: Pick<WaitingUse, "customerId" | "waitsIn" | "sealed">,
): Promise<WaitingValues> {
  const { customerId, waitsIn } = asked;
  const values = new Map<string, string>();
  for (const { unitId, part, value: sealed } of asked.sealed) {
    const unit = await vault.loadUnit({ customerId, unitId });
    if (unit === null || unit.unitKey === null) continue;
    const place = { customerId, unitId, waitsIn, part };
    try {
      values.set(part, await openWaiting(keys, { place, unitKey: unit.unitKey, sealed }));
    } catch (cause) {
      if (cause instanceof VaultError && cause.code === "erased") continue;
      throw new GateError("does-not-open", "what waits does not open as it was sealed", { cause });
    }
  }
  return values;
}
