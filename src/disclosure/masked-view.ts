// The masked view of a customer: every field that this role may see masked, none in clear. Masks are sealed apart; values are not touched.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { Sequenced } from "../ledger/ledger.ts";
import { openMasks, type FieldType, type UnitHeader } from "../vault/vault.ts";
import type { GateContext } from "./context.ts";
import { type Disputed, disputedIn } from "./disputed.ts";
import type { Judged } from "./judge.ts";
import type { Situation } from "./situation.ts";
import { lookMasked, type MaskedQuestion } from "./masked-look.ts";

export interface MaskedField {
  readonly field: FieldType;
  readonly value: string | null;
  /** What the customer says against it, where they do. */
  readonly disputed?: Disputed;
}

export interface MaskedRecord {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly type: string;
  readonly revision: number;
  readonly fields: readonly MaskedField[];
}

export interface MaskedView {
  readonly customerId: Uuid;
  readonly units: readonly UnitHeader[];
  readonly records: readonly MaskedRecord[];
  readonly flags: readonly Flag[];
  /** Pass as `after` for more; null where this was all. */
  readonly next: Uuid | null;
  readonly promise: Sequenced["promise"];
}

/** Flags that whoever works on a customer has to know to act rightly; the others decide without being told. */
const FLAGS_TOLD: readonly Flag[] = ["protection-order", "restricted", "minor", "deceased"];

/** Throws as `lookMasked`. */
export async function maskedView(
  context: GateContext,
  asker: Authenticated,
  asked: MaskedQuestion & { readonly after?: Uuid | null },
): Promise<MaskedView> {
  const { situation, shown, next, sequenced } = await lookMasked(context, asker, asked);
  return {
    customerId: asked.customerId,
    units: unitsShown(shown),
    records: await maskRecords(context, shown, situation.disputes),
    flags: FLAGS_TOLD.filter((flag) => situation.flags.has(flag)),
    next,
    promise: sequenced.promise,
  };
}

async function maskRecords(
  context: GateContext,
  shown: readonly Judged[],
  disputes: Situation["disputes"],
): Promise<MaskedRecord[]> {
  const byRecord = Map.groupBy(shown, ({ stored }) => stored!);
  return Promise.all(
    [...byRecord].map(async ([{ record, unit }, judged]) => {
      const fields = judged.map(({ field }) => field);
      const masks = await openMasks(context.keys, context.vault.registry, {
        record,
        unitKey: unit.unitKey,
        fields: fields.map(({ name }) => name),
      });
      return {
        recordId: record.recordId,
        unitId: record.unitId,
        type: record.recordType,
        revision: record.revision,
        fields: fields
          .filter(({ name }) => masks.has(name))
          .map((field) => ({ field, value: masks.get(field.name) ?? null, ...markOf(disputes, judged, field) })),
      };
    }),
  );
}

/** Marked as wherever else it is shown (NAIC Model 670 s. 9(E); 45 CFR 164.526(d)(5)). */
export function markOf(
  disputes: Situation["disputes"],
  judged: readonly Judged[],
  field: FieldType,
): Pick<MaskedField, "disputed"> {
  const one = judged.find((each) => each.field.name === field.name);
  const disputed = one === undefined ? undefined : disputedIn(disputes, one);
  return disputed === undefined ? {} : { disputed };
}

/** By the records' own headers: what a page of records lies in is all that it names. */
function unitsShown(shown: readonly Judged[]): UnitHeader[] {
  const headers = shown.flatMap(({ stored }) => stored?.unit.header ?? []);
  return [...new Map(headers.map((header) => [header.unitId, header])).values()];
}
