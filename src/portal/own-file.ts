// What we hold about somebody, as they see it: one question of the gate, of which only what it shows is left.
import type { Authenticated } from "../access/access.ts";
import type { DisclosureAnswer, FieldAnswer, Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import { isShownWhole, type Origin, type UnitHeader, type Vault } from "../vault/vault.ts";
import { PortalError } from "./errors.ts";
import type { Topics } from "./topics.ts";

export interface OwnFileQuestion {
  readonly customerId: Uuid;
  /** Only this one; null asks about all. */
  readonly topic: DataClass | null;
}

/** A value, or what its owner may see of it now. */
export interface ShownField {
  readonly path: string;
  readonly label: string;
  readonly dataClass: DataClass;
  /** `held`, and no value: it may name other people, and nobody has looked at it yet. */
  readonly form: "clear" | "masked" | "held";
  readonly value: string;
  /** What is shown is all there is to it, whatever its form. */
  readonly isWhole: boolean;
  /** A passkey would show the whole of it. */
  readonly withPasskey: boolean;
}

export interface ShownRecord {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly type: string;
  readonly origin: Origin | null;
  readonly fields: readonly ShownField[];
}

export interface OwnFile {
  readonly customerId: Uuid;
  readonly disclosureId: Uuid;
  readonly promise: DisclosureAnswer["promise"];
  readonly topics: readonly { readonly topic: DataClass; readonly records: readonly ShownRecord[] }[];
  /** Of which any record is shown. */
  readonly units: readonly UnitHeader[];
}

export interface OwnFileParts {
  readonly gate: Pick<Gate, "disclose" | "standsFor">;
  readonly vault: Pick<Vault, "registry" | "loadForDecision">;
  readonly topics: Topics;
}

/**
 * INVARIANT: what is denied is left out as what is not there is, and what no customer is ever shown is not even asked for: neither words, nor counts, nor
 * which fields are decided tell of it. Throws PortalError `unknown-file` for somebody else's, GateError.
 */
export async function ownFile(
  { gate, vault, topics }: OwnFileParts,
  asker: Authenticated,
  { customerId, topic }: OwnFileQuestion,
): Promise<OwnFile> {
  const classes = topics.topics.map((one) => one.class).filter((name) => topic === null || name === topic);
  const fields = vault.registry.allFields().filter(({ dataClass }) => classes.includes(dataClass));
  const { disclosureId, promise, customers } = await gate.disclose(asker, {
    ...(await statedFor(gate, asker, customerId)),
    fields: fields.map(({ path }) => path),
    form: "clear",
    recipient: null,
    origins: true,
    justification: "what is held about oneself (GDPR Art. 15; 45 CFR 164.524; NAIC Model 670 s. 8)",
    subjects: [{ customerId, unitId: null, recordIds: null }],
  });
  const shown = (customers[0]?.fields ?? []).flatMap((field) => shownOf(vault, field) ?? []);
  if (shown.length === 0 && customerId !== asker.customerId) throw new PortalError("unknown-file");
  const unitIds = new Set(shown.map(({ unitId }) => unitId));
  const [subject] = shown.length === 0 ? [] : await vault.loadForDecision([{ customerId }]);
  const units = (subject?.units ?? []).map(({ header }) => header).filter(({ unitId }) => unitIds.has(unitId));
  return {
    customerId,
    disclosureId,
    promise,
    topics: classes.map((name) => ({ topic: name, records: recordsOf(shown, name) })),
    units,
  };
}

/** Who stands beside a customer, as a dependant's policyholder does, exercises no right of theirs (least-privilege matrix, rows 23 and 24). */
async function statedFor(gate: Pick<Gate, "standsFor">, asker: Authenticated, customerId: Uuid) {
  const others = customerId === asker.customerId ? [] : await gate.standsFor(asker);
  const standings = others.filter((one) => one.customerId === customerId);
  const isBeside = standings.length > 0 && standings.every((one) => one.as !== "representative");
  return isBeside
    ? ({ purpose: "policy-servicing", basis: "role-duty" } as const)
    : ({ purpose: "data-subject-request", basis: "rights-request" } as const);
}

interface Placed {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly type: string;
  readonly origin: Origin | null;
  readonly field: ShownField;
}

function shownOf({ registry }: Pick<Vault, "registry">, answer: FieldAnswer): Placed | null {
  const { field: path, recordId, unitId, dataClass, form, permittedBy, held, origin = null } = answer;
  const field = registry.field(path);
  const value = held === true ? "" : answer.value;
  if (field === null || recordId === null || unitId === null || value === undefined) return null;
  if (form !== "clear" && form !== "masked") return null;
  const isWhole = held !== true && (form === "clear" || isShownWhole(field, value));
  const withPasskey = form === "masked" && !isWhole && permittedBy.some(({ code }) => code === "strong-sign-in");
  const as = held === true ? "held" : form;
  const shown = { path, label: field.label, dataClass, form: as, value, isWhole, withPasskey } as const;
  return { recordId, unitId, type: field.record, origin, field: shown };
}

function recordsOf(shown: readonly Placed[], dataClass: DataClass): ShownRecord[] {
  const ofClass = shown.filter(({ field }) => field.dataClass === dataClass);
  return [...Map.groupBy(ofClass, ({ recordId }) => recordId).values()].flatMap((placed) => {
    const [first] = placed;
    if (first === undefined) return [];
    const { recordId, unitId, type, origin } = first;
    return [{ recordId, unitId, type, origin, fields: placed.map(({ field }) => field) }];
  });
}
