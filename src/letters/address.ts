// Where a letter goes: the address for confidential communications and no other where one stands, else the one on file. Opened through the gate, in the name of whoever prints.
import { activeFlags, type Authenticated } from "../access/access.ts";
import { type OwnUse, type OwnValues, valueKey } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { LettersContext } from "./context.ts";
import type { HeldCode } from "./letter-row.ts";

export interface Addressed {
  readonly lines: readonly string[];
  /** Whether it is the other address that the customer asked for in place of all on file. */
  readonly isOther: boolean;
  /** A keyed digest: two letters of a customer with the same one went to the same address. */
  readonly from: string;
}

interface Place {
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
}

const PLACE = ["line1", "line2", "city", "region", "postcode", "country"] as const;
const ADDRESS = new Set(["kind", "valid-from", "valid-until", ...PLACE].map((name) => `address.${name}`));
const NAMES = new Set(
  ["name-prefix", "first-name", "middle-name", "last-name", "name-suffix"].map((name) => `person.${name}`),
);
const ORGANISATION = "organisation.legal-name";
const RECORDS_MAX = 20;
/** In which order an address on file is taken; `confidential` comes before all (45 CFR 164.522(b)). */
const KINDS = ["mailing", "home", "billing", "work", ""] as const;

export async function flagsOf({ access, clock }: LettersContext, customerId: Uuid): Promise<readonly Flag[] | null> {
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  return state == null || state.status === "erased" ? null : activeFlags(state, clock.now());
}

export type ByPost = "reached" | "other-channel" | "no-address" | "protected" | "gone";

/** Whether a letter would be printed to the customer now, for whoever has to know before it is queued. Opened by the server for itself, as an entry. */
export async function byPost(
  context: LettersContext,
  { customerId, serves }: { readonly customerId: Uuid; readonly serves: Uuid },
): Promise<ByPost> {
  const flags = await flagsOf(context, customerId);
  if (flags === null) return "gone";
  const { alternative } = await context.preferences.read(customerId);
  if (alternative !== null) return alternative.channel === "post" ? "reached" : "other-channel";
  const recordTypes = ["person", "organisation", "address"];
  const today = context.clock.now().toISOString().slice(0, 10);
  const isProtected = flags.includes("protection-order");
  return context.gate.useValues(
    { customerId, why: "letter-address", serves, recordTypes, choose: ofAddresses },
    async (values) => {
      if (nameIn(values) === null) return "no-address";
      if (onFile(values, today, isProtected) !== null) return "reached";
      return isProtected ? "protected" : "no-address";
    },
  );
}

const ofAddresses: OwnUse["choose"] = (held) =>
  held
    .filter(({ field: { path } }) => NAMES.has(path) || path === ORGANISATION || ADDRESS.has(path))
    .slice(0, RECORDS_MAX * ADDRESS.size);

/** Throws GateError "not-found" for who is gone. INVARIANT: where another address or channel stands, none on file is opened. */
export async function addressFor(
  context: LettersContext,
  asker: Authenticated,
  {
    customerId,
    letterId,
    flags,
  }: { readonly customerId: Uuid; readonly letterId: Uuid; readonly flags: readonly Flag[] },
): Promise<Addressed | HeldCode> {
  const { gate, preferences } = context;
  const { alternative } = await preferences.read(customerId);
  if (alternative !== null && alternative.channel !== "post") return "other-channel";
  const other = alternative === null ? null : ((await preferences.place(asker, customerId))?.address ?? null);
  if (alternative !== null && other === null) return "no-address";
  const isProtected = flags.includes("protection-order");
  const values = await gate.readValues(asker, {
    customerId,
    why: "letter-address",
    serves: letterId,
    recordTypes: other === null ? ["person", "organisation", "address"] : ["person", "organisation"],
    choose: ofAddresses,
  });
  const name = nameIn(values);
  if (name === null) return "no-address";
  const today = context.clock.now().toISOString().slice(0, 10);
  const chosen = other === null ? onFile(values, today, isProtected) : { place: other, isConfidential: true };
  if (chosen === null) return isProtected ? "protected" : "no-address";
  const place = linesOf(chosen.place);
  const from = Buffer.from(context.keys.keyedDigest("letter-address", customerId, ...place)).toString("hex");
  return { lines: [name, ...place], isOther: chosen.isConfidential, from };
}

function byRecord(values: OwnValues, prefix: string): Map<string, Map<string, string>> {
  const records = new Map<string, Map<string, string>>();
  for (const [key, value] of values) {
    const [recordId = "", path = ""] = key.split(" ");
    if (!path.startsWith(`${prefix}.`)) continue;
    const record = records.get(recordId) ?? new Map<string, string>();
    records.set(recordId, record.set(path.slice(prefix.length + 1), value));
  }
  return records;
}

function nameIn(values: OwnValues): string | null {
  for (const person of byRecord(values, "person").values()) {
    const parts = ["name-prefix", "first-name", "middle-name", "last-name", "name-suffix"].map((part) =>
      person.get(part),
    );
    const name = parts.filter((part) => part !== undefined && part !== "").join(" ");
    if (name !== "") return name;
  }
  for (const [recordId] of byRecord(values, "organisation")) {
    const name = values.get(valueKey(asId(recordId), ORGANISATION));
    if (name !== undefined && name !== "") return name;
  }
  return null;
}

interface OnFile {
  readonly place: Place;
  readonly isConfidential: boolean;
}

/** Under a protection order only the confidential one counts (N.Y. Ins. Law 2612). */
function onFile(values: OwnValues, today: string, isProtected: boolean): OnFile | null {
  const all = [...byRecord(values, "address")].filter(
    ([, fields]) =>
      (fields.get("line1") ?? "") !== "" &&
      (fields.get("valid-from") ?? today) <= today &&
      (fields.get("valid-until") ?? today) >= today,
  );
  const kindOf = ([, fields]: (typeof all)[number]): string => fields.get("kind") ?? "";
  const confidential = all.findLast((one) => kindOf(one) === "confidential");
  const other = KINDS.map((kind) => all.findLast((one) => kindOf(one) === kind)).find((one) => one !== undefined);
  const chosen = confidential ?? (isProtected ? undefined : other);
  if (chosen === undefined) return null;
  const [, fields] = chosen;
  const place = Object.fromEntries(PLACE.map((name) => [name, fields.get(name) ?? ""])) as unknown as Place;
  return { place, isConfidential: chosen === confidential };
}

/** Street, second line, place; the country where one is named. */
function linesOf({ line1, line2, city, region, postcode, country }: Place): readonly string[] {
  const isAmerican = country === "" || country === "US";
  const state = region.replace(/^US-/, "");
  const town = isAmerican
    ? [city, [state, postcode].filter((part) => part !== "").join(" ")].filter((part) => part !== "").join(", ")
    : [postcode, city].filter((part) => part !== "").join(" ");
  return [line1, line2, town, isAmerican ? "" : countryName(country)].filter((line) => line !== "");
}

/** In English, as post offices abroad ask for (UPU S42 says: the country last, in capitals). */
function countryName(country: string): string {
  const isCode = /^[A-Z]{2}$/.test(country);
  return (isCode ? (new Intl.DisplayNames("en", { type: "region" }).of(country) ?? country) : country).toUpperCase();
}
