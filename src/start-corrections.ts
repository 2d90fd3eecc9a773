// Corrections that were granted: checked as every other change is, opened by the gate, written by the vault; and who was given what was wrong.
import type { Access } from "./access/access.ts";
import type { Accounting } from "./accounting/accounting.ts";
import { type Changes, givenChange } from "./changes/changes.ts";
import type { Gate } from "./disclosure/disclosure.ts";
import { asId } from "./kernel/ids.ts";
import type { Uuid } from "./kernel/bytes.ts";
import { type Along, changeValues, type Deeds, RequestsError } from "./requests/requests.ts";
import { type Vault, VaultError } from "./vault/vault.ts";

export interface Correcting {
  readonly access: Access;
  readonly accounting: Pick<Accounting, "recipientsOf">;
  readonly changes: Pick<Changes, "mustWait">;
  readonly gate: Pick<Gate, "useWaiting" | "readWaiting">;
  readonly vault: Pick<Vault, "registry" | "prepare" | "correct">;
}

type Corrections = Pick<Deeds, "checkCorrection" | "correct" | "givenTo">;

export function correctedBy(parts: Correcting): Corrections {
  const { accounting, changes, vault } = parts;
  return {
    checkCorrection: (asker, { recordType, held }, fields) => {
      const paths = Object.keys(fields).map((name) => `${recordType}.${name}`);
      if (changes.mustWait(asker, paths)) throw new RequestsError("waits-elsewhere");
      givenChange(vault, recordType, fields);
      requireWholeIndexes(vault, recordType, { held, fields });
    },
    correct: (of, along) => correct(parts, of, along),
    givenTo: async ({ customerId, recordId, recordType, fieldNames, ruleId }) => {
      const fields = fieldNames.map((name) => `${recordType}.${name}`);
      const found = await accounting.recipientsOf({ customerId, recordId: asId(recordId), fields, ruleId });
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

async function correct({ access, gate, vault }: Correcting, of: Granted, along: Along): ReturnType<Deeds["correct"]> {
  const { customerId, requestId, proposal } = of;
  const { recordId, unitId, recordType, fieldNames, expectedRevision, values } = proposal;
  const actor = {
    actorId: access.system.principalId,
    actorRevision: null,
    purpose: "data-subject-request",
    basis: "rights-request",
    note: `rights request granted [request ${requestId}]`,
    also: async (tx: Parameters<Along>[0], [act]: readonly Uuid[]) =>
      act === undefined ? [] : along(tx, { act, resultId: act }),
  } as const;
  const fields = fieldNames.map((name) => `${recordType}.${name}`);
  const sealed = [{ unitId: asId(unitId), part: "proposal", value: values }];
  try {
    return await gate.useWaiting(
      { customerId, why: "change-values", waitsIn: requestId, fields, sealed },
      async (opened) => {
        const text = opened.get("proposal");
        if (text === undefined) return "gone";
        const given = givenChange(vault, recordType, changeValues.parse(JSON.parse(text)).fields);
        const record = { customerId, recordId: asId(recordId), expectedRevision, evenIfSame: true };
        await vault.correct({ ...record, ...given }, actor);
        return "done";
      },
    );
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.code === "stale") return "changed";
    if (error.code === "not-found" || error.code === "erased") return "gone";
    throw error;
  }
}
