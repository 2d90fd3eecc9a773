// Which records of a copy somebody has to read before the customer has them: free text with content and papers that are not from the customer. Nothing is opened.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import { packedNames } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { HELD_TYPE } from "./find-package.ts";
import type { Notes } from "./gather.ts";
import type { HeldRecord } from "./others-row.ts";
import { PAPER_TYPE, recordsOf } from "./papers.ts";

/** More is no work for a person; the copy is refused rather than left half. */
const HELD_MAX = 5000;
/** What policies show customers while a file is open (policyholder/own-file): of a closed one somebody hands it out. */
const OF_OPEN_FILES: readonly DataClass[] = ["claims-narrative", "underwriting"];

/** Gathered while the gate is asked in the customer's name. */
export interface HeldBack extends Notes {
  /** `demanded`: papers that legal demands rest on; null where that cannot be believed. Throws FulfilmentError `too-large`. */
  end(customerId: Uuid, demanded: ReadonlySet<Uuid> | null): Promise<readonly HeldRecord[]>;
}

export function holdOthers(parts: Pick<FulfilmentContext, "vault">): HeldBack {
  const noted = new Map<Uuid, HeldRecord>();
  return {
    note: (type, answers) => {
      for (const { held, recordId, unitId, field } of answers) {
        if (held !== true || recordId === null || unitId === null) continue;
        const known = noted.get(recordId) ?? { recordId, unitId, type, fields: [], decision: null };
        noted.set(recordId, { ...known, fields: [...known.fields, nameOf(field)] });
      }
      return type === PAPER_TYPE
        ? answers.filter(({ recordId }) => recordId === null || !noted.has(recordId))
        : answers;
    },
    end: async (customerId, demanded) => {
      await addOfFiles(parts, customerId, { noted, demanded });
      if (noted.size > HELD_MAX) throw new FulfilmentError("too-large");
      return [...noted.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    },
  };
}

const nameOf = (path: string): string => path.slice(path.indexOf(".") + 1);
const keyOf = ({ unitId, type, recordId }: HeldRecord): string => `${unitId} ${type} ${recordId}`;

interface Adding {
  readonly noted: Map<Uuid, HeldRecord>;
  readonly demanded: ReadonlySet<Uuid> | null;
}

/** Papers as a whole, and of closed files what the policies show nobody's customer by themselves: the right does not end with the claim (GDPR Art. 15(1)). */
async function addOfFiles(
  { vault }: Pick<FulfilmentContext, "vault">,
  customerId: Uuid,
  adding: Adding,
): Promise<void> {
  const { noted, demanded } = adding;
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const units = new Map((subject?.units ?? []).map(({ header }) => [header.unitId, header]));
  for (const { name: type, fields } of vault.registry.recordTypes) {
    const given = fields.filter(({ dataClass, others }) => OF_OPEN_FILES.includes(dataClass) && others !== "always");
    if (type === HELD_TYPE || given.length === 0) continue;
    for await (const { recordId, unitId, pack } of recordsOf({ vault }, customerId, type)) {
      const unit = units.get(unitId);
      const isOthers = type === PAPER_TYPE && (demanded === null || demanded.has(recordId));
      if (unit === undefined || unit.kind === "investigation" || isOthers) continue;
      const known = noted.get(recordId);
      const isWhole = unit.status === "closed" || (type === PAPER_TYPE && known !== undefined);
      if (!isWhole) continue;
      const names = packedNames(pack);
      const ofFile = given.map(({ name }) => name).filter((name) => names.has(name));
      const all = [...new Set([...(known?.fields ?? []), ...ofFile])];
      if (all.length > 0) noted.set(recordId, { recordId, unitId, type, fields: all, decision: null });
    }
  }
}
