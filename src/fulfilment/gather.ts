// Goes through all that a customer may see of themselves: topic by topic, page by page, each a question of the gate in the customer's own name.
import type { Authenticated } from "../access/access.ts";
import type { FieldAnswer } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Origin } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import type { Span } from "./strike.ts";

export interface GivenField {
  readonly name: string;
  readonly label: string;
  readonly form: "clear" | "masked";
  readonly value: string;
  /** When the customer said that it is wrong; left out where they did not. */
  readonly disputed?: string;
  /** What was struck out of it, where it was told of other people: places in the text as the record holds it. */
  readonly struck?: readonly Span[];
}

/** What the customer says of fields that they dispute (NAIC Model 670 § 9(E); 45 CFR 164.526(d)(5)). */
export interface GivenStatement {
  readonly filedAt: string;
  /** Names of the fields that it is about. */
  readonly about: readonly string[];
  readonly words: string;
}

/** What one record says under one topic. */
export interface GivenRecord {
  readonly topic: DataClass;
  readonly type: string;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  /** Absent in copies that were made before it was recorded. */
  readonly origin?: Origin | null;
  readonly fields: readonly GivenField[];
  /** With the first topic that shows a field they are about. */
  readonly statements?: readonly GivenStatement[];
  /** A paper: a copy out of which other people were struck, in place of the one on file. */
  readonly isRedacted?: true;
}

/** Decisions of one entry: some 100 bytes each, of the 1 MiB that an entry's detail may have. */
const DECISIONS_MAX = 4000;
const RECORDS_MAX = 200;

export interface Notes {
  /** What the gate held; answers what of it the copy says all the same. A paper is one thing: nothing is said of it before it is released. */
  note(type: string, answers: readonly FieldAnswer[]): readonly FieldAnswer[];
}

type GatherParts = Pick<FulfilmentContext, "gate" | "vault" | "topics">;

/** How the gate is asked for a copy, in the customer's own name. */
export const COPY_TERMS = {
  purpose: "data-subject-request",
  basis: "rights-request",
  form: "clear",
  recipient: null,
  justification: "a copy of what is held about oneself (GDPR Art. 15, 20; 45 CFR 164.524; NAIC Model 670 s. 8)",
} as const;

/** INVARIANT: what is denied is left out as what is not there is; what may name others goes to `back`. Holds one page. Throws GateError. */
export async function* gatherFile(
  parts: GatherParts,
  asker: Authenticated,
  { customerId, back }: Pick<Wanted, "customerId" | "back">,
): AsyncGenerator<GivenRecord, void, undefined> {
  const fields = parts.vault.registry.allFields();
  for (const topic of parts.topics) {
    const ofTopic = fields.filter(({ dataClass }) => dataClass === topic.class);
    for (const [type, ofType] of Map.groupBy(ofTopic, ({ record }) => record)) {
      const paths = ofType.map(({ path }) => path);
      yield* gatherType(parts, asker, { customerId, back, topic: topic.class, type, paths });
    }
  }
}

interface Wanted {
  readonly customerId: Uuid;
  readonly back: Notes;
  readonly topic: DataClass;
  readonly type: string;
  readonly paths: readonly string[];
}

async function* gatherType(
  { gate, vault }: GatherParts,
  asker: Authenticated,
  { customerId, back, topic, type, paths }: Wanted,
): AsyncGenerator<GivenRecord, void, undefined> {
  const limit = Math.min(RECORDS_MAX, Math.floor(DECISIONS_MAX / paths.length));
  // Whether there is any is asked of the index of records, so that nothing is decided, and no entry made, of what is not there.
  let after: Uuid | null = null;
  for (;;) {
    const found = await vault.loadRecords([customerId], { recordTypes: [type], ...(after === null ? {} : { after }) });
    const held = found.slice(0, limit);
    const last = held.at(-1)?.record.recordId;
    if (last === undefined) return;
    const { customers } = await gate.disclose(asker, {
      ...COPY_TERMS,
      fields: paths,
      origins: true,
      page: { after, limit },
      subjects: [{ customerId, unitId: null, recordIds: null }],
    });
    yield* shownOf(vault.registry, back.note(type, customers[0]?.fields ?? []), { topic, type });
    if (held.length < limit && found.length === held.length) return;
    after = last;
  }
}

export function* shownOf(
  registry: FulfilmentContext["vault"]["registry"],
  answers: readonly FieldAnswer[],
  of: { readonly topic: DataClass; readonly type: string },
): Generator<GivenRecord, void, undefined> {
  const shown = answers.filter(
    ({ recordId, unitId, form, value }) =>
      recordId !== null && unitId !== null && value !== undefined && (form === "clear" || form === "masked"),
  );
  for (const [recordId, fields] of Map.groupBy(shown, (answer) => answer.recordId ?? "")) {
    yield {
      ...of,
      recordId: asId(recordId),
      unitId: asId(fields[0]?.unitId ?? ""),
      origin: fields[0]?.origin ?? null,
      fields: fields.map(({ field, form, value, disputed }) => ({
        name: field.slice(field.indexOf(".") + 1),
        label: registry.field(field)?.label ?? field,
        form: form === "clear" ? "clear" : "masked",
        value: value ?? "",
        ...(disputed === undefined ? {} : { disputed: disputed.filedAt }),
      })),
    };
  }
}
