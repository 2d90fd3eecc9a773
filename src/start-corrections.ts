// Corrections that were granted: checked as every other change is, opened by the gate, written by the vault; and who was given what was wrong.
import type { Access } from "./access/access.ts";
import type { Accounting } from "./accounting/accounting.ts";
import { type Changes, ChangesError, givenChange } from "./changes/changes.ts";
import type { Gate } from "./disclosure/disclosure.ts";
import { asId } from "./kernel/ids.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Preferences } from "./preferences/preferences.ts";
import { type Along, changeValues, type Deeds } from "./requests/requests.ts";
import { type Vault, VaultError } from "./vault/vault.ts";

export interface Correcting {
  readonly access: Access;
  readonly accounting: Pick<Accounting, "recipientsOf">;
  readonly changes: Pick<Changes, "mustWait" | "ask" | "ended">;
  readonly gate: Pick<Gate, "useWaiting" | "readWaiting">;
  readonly preferences: Pick<Preferences, "read">;
  readonly vault: Pick<Vault, "registry" | "prepare" | "correct" | "loadRecords">;
}

type Corrections = Pick<Deeds, "checkCorrection" | "correct" | "askChange" | "changeStanding" | "givenTo">;

export function correctedBy(parts: Correcting): Corrections {
  const { accounting, changes, vault } = parts;
  return {
    checkCorrection: (asker, { recordType, held }, fields) => {
      const paths = Object.keys(fields).map((name) => `${recordType}.${name}`);
      givenChange(vault, recordType, fields);
      requireWholeIndexes(vault, recordType, { held, fields });
      return changes.mustWait(asker, paths);
    },
    correct: (of, along) => correct(parts, of, along),
    askChange: (of, along) => askChange(parts, of, along),
    changeStanding: async (at) => {
      try {
        return await changes.ended(at);
      } catch (error) {
        // Gone with the customer's file.
        if (isCode(error, "unknown-change")) return { as: "dropped", at: new Date(0) };
        throw error;
      }
    },
    givenTo: async ({ customerId, recordId, recordType, fieldNames, ruleId, until }) => {
      const fields = fieldNames.map((name) => `${recordType}.${name}`);
      const about = { customerId, recordId: asId(recordId), fields, ruleId };
      const found = await accounting.recipientsOf({ ...about, ...(until === undefined ? {} : { until }) });
      return found.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
    },
  };
}

interface Given {
  readonly held: ReadonlySet<string>;
  readonly fields: Readonly<Record<string, string>>;
}

/** As the vault will ask when it is applied: said now, to whoever can still give them. */
function requireWholeIndexes({ registry }: Correcting["vault"], recordType: string, { held, fields }: Given): void {
  const needed = registry
    .indexes(recordType)
    .map(({ parts }) => parts.flatMap(({ field, alternatives }) => [field, ...alternatives]))
    .filter((names) => names.some((name) => name in fields))
    .flatMap((names) => names.filter((name) => held.has(name) && !(name in fields)));
  if (needed.length === 0) return;
  const issues = [...new Set(needed)].map((name) => ({ field: `${recordType}.${name}`, reason: "needed-for-index" }));
  throw new VaultError("fields-needed", "an index combines a changed field with others: give these too", issues);
}

type Granted = Parameters<Deeds["correct"]>[0];

async function correct(parts: Correcting, of: Granted, along: Along): ReturnType<Deeds["correct"]> {
  const { access, vault } = parts;
  const { customerId, requestId, proposal } = of;
  const { recordId, recordType, expectedRevision } = proposal;
  const actor = {
    actorId: access.system.principalId,
    actorRevision: null,
    purpose: "data-subject-request",
    basis: "rights-request",
    note: `rights request granted [request ${requestId}]`,
    also: async (tx: Parameters<Along>[0], [act]: readonly Uuid[]) =>
      act === undefined ? [] : along(tx, { act, resultId: act }),
  } as const;
  return withProposed<"done">(parts, of, async (fields) => {
    const record = { customerId, recordId: asId(recordId), expectedRevision, evenIfSame: true };
    await vault.correct({ ...record, ...givenChange(vault, recordType, fields) }, actor);
    return "done";
  });
}

/** As the server's act on the customer's request: no day's absence of whoever granted it ends it. */
async function askChange(parts: Correcting, of: Granted, along: Along): ReturnType<Deeds["askChange"]> {
  const { access, changes, preferences, vault } = parts;
  const { customerId, requestId, proposal } = of;
  const { unitId, recordType, expectedRevision } = proposal;
  const recordId = asId(proposal.recordId);
  const [stored] = await vault.loadRecords([customerId], { recordId });
  if (stored === undefined) return "gone";
  const { language } = await preferences.read(customerId);
  const about = { customerId, unitId: asId(unitId), recordType, expectedRevision, language: language ?? "en" };
  const record = { stored: { recordId, revision: stored.record.revision }, reason: null };
  const serves: Serves = {
    requestId,
    put: (tx, { act, changeId, row }) => along(tx, { act, resultId: changeId, rows: [row] }),
  };
  try {
    return await withProposed<"asked">(parts, of, async (fields) => {
      await changes.ask({ ...about, ...record, fields, serves }, { ...access.system, customerId: null });
      return "asked";
    });
  } catch (error) {
    if (isCode(error, "no-contact")) return "no-contact";
    throw error;
  }
}

function isCode(error: unknown, code: ChangesError["code"]): boolean {
  return error instanceof ChangesError && error.code === code;
}

type Serves = NonNullable<Parameters<Changes["ask"]>[0]["serves"]>;

/** What was proposed, opened for as long as it is used. */
async function withProposed<Came>(
  { gate }: Correcting,
  { customerId, requestId, proposal }: Granted,
  use: (fields: Readonly<Record<string, string>>) => Promise<Came>,
): Promise<Came | "changed" | "gone"> {
  const { unitId, recordType, fieldNames, values } = proposal;
  const fields = fieldNames.map((name) => `${recordType}.${name}`);
  const sealed = [{ unitId: asId(unitId), part: "proposal", value: values }];
  try {
    return await gate.useWaiting(
      { customerId, why: "change-values", waitsIn: requestId, fields, sealed },
      async (opened) => {
        const text = opened.get("proposal");
        return text === undefined ? "gone" : use(changeValues.parse(JSON.parse(text)).fields);
      },
    );
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.code === "stale") return "changed";
    if (error.code === "not-found" || error.code === "erased") return "gone";
    throw error;
  }
}
