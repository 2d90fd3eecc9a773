// Masked forms: what somebody may see who may not see the value. Sealed apart from it, so they must not give it away.
import type { FieldType } from "./schema.ts";
import type { MaskName, ValueType } from "./vocabulary.ts";

interface Mask {
  readonly fits: readonly ValueType[];
  /** What it shows at most, for the officer who chooses it. */
  readonly shows: string;
  /** INVARIANT: below half of the value's letters and digits, unless the value is one of a short closed list or a domain anybody may have. */
  apply(value: string): string;
}

const DOTS = "\u2022\u2022\u2022\u2022";
/** What every value looks like under the mask `hidden`. */
export const HIDDEN = DOTS;

const PHONE_DIGITS_MIN = 8;

const NUMBERS: readonly ValueType[] = [
  "identifier",
  "ssn",
  "ein",
  "mbi",
  "document-number",
  "iban",
  "account-number",
  "routing-number",
  "vin",
];
const DATES: readonly ValueType[] = ["date", "timestamp", "year"];
// Domains with millions of addresses: those of a family or a firm would name their owner.
const SHARED_DOMAINS: ReadonlySet<string> = new Set(
  (
    "gmail.com googlemail.com yahoo.com hotmail.com outlook.com live.com msn.com icloud.com me.com aol.com proton.me protonmail.com " +
    "gmx.de gmx.net web.de mail.com comcast.net verizon.net att.net sbcglobal.net"
  ).split(" "),
);

export const MASKS: Readonly<Record<MaskName, Mask>> = {
  hidden: { fits: [], shows: "nothing", apply: () => HIDDEN },
  "first-initial": { fits: ["name", "text"], shows: "the first letter", apply: firstInitial },
  last2: {
    fits: [...NUMBERS, "plate"],
    shows: "the last two characters",
    apply: (value) => `${DOTS}${tail(value, 2)}`,
  },
  last4: { fits: NUMBERS, shows: "the last four characters", apply: (value) => `${DOTS}${tail(value, 4)}` },
  "year-only": { fits: DATES, shows: "the year", apply: (value) => value.slice(0, 4) },
  "email-domain": {
    fits: ["email"],
    shows: "the first letter, and the domain of a large public provider",
    apply: emailDomain,
  },
  "phone-last2": { fits: ["phone"], shows: "the last two digits", apply: (value) => phoneTail(value, 2) },
  "phone-last4": { fits: ["phone"], shows: "the last four digits", apply: (value) => phoneTail(value, 4) },
  "postcode-area": { fits: ["postcode"], shows: "the first three characters", apply: postcodeArea },
  region: {
    fits: ["us-state", "country", "region"],
    shows: "the state or country",
    apply: (value) => (/^[A-Z]{2}$/.test(value) ? value : DOTS),
  },
  "status-only": { fits: ["code", "boolean"], shows: "the code itself", apply: (value) => value },
  band: { fits: ["money", "integer", "decimal"], shows: "the band 1-2-5 in which the number lies", apply: band },
};

/** The masked form of a normalised value. */
export function maskValue(field: FieldType, normalised: string): string {
  return MASKS[field.mask].apply(normalised);
}

/** True when the masked form says nothing about the value and so needs no sealing. */
export function isConstantMask(mask: MaskName): boolean {
  return mask === "hidden";
}

/** Whether this masked form is all there is to the value: one of a short list, or a year that has no more to it. */
export function isShownWhole({ mask, type }: Pick<FieldType, "mask" | "type">, masked: string): boolean {
  if (masked === HIDDEN) return false;
  return mask === "region" || mask === "status-only" || (mask === "year-only" && type === "year");
}

export function maskFits(mask: MaskName, type: ValueType): boolean {
  return mask === "hidden" || MASKS[mask].fits.includes(type);
}

/** At most `count` last letters or digits, and never more than half of them. */
function tail(value: string, count: number): string {
  const characters = value.match(/[\p{L}\p{N}]/gu) ?? [];
  const shown = Math.min(count, Math.floor(characters.length / 2));
  return shown === 0 ? "" : characters.slice(-shown).join("");
}

function firstInitial(value: string): string {
  const letters = value.match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.length < 2 ? DOTS : `${letters[0]}${DOTS}`;
}

function emailDomain(value: string): string {
  const at = value.lastIndexOf("@");
  const local = Array.from(value.slice(0, at));
  const domain = value.slice(at + 1);
  return `${local.length < 3 ? "" : local[0]}${DOTS}@${SHARED_DOMAINS.has(domain) ? domain : DOTS}`;
}

/** Nothing of a number that is too short for one, where the country code would be most of it. */
function phoneTail(value: string, count: number): string {
  const digits = value.replace(/;ext=.*$/, "").replaceAll(/\D/g, "");
  return digits.length < PHONE_DIGITS_MIN ? DOTS : `${DOTS}${tail(digits, count)}`;
}

/** Three characters (45 CFR 164.514(b)(2)(i)(B) lets ZIP codes show as many), fewer of a short one. */
function postcodeArea(value: string): string {
  const characters = value.match(/[\p{L}\p{N}]/gu) ?? [];
  return `${characters.slice(0, Math.min(3, Math.floor(characters.length / 2))).join("")}${DOTS}`;
}

/** "USD 100,000 to 200,000": bounds 10, 20, 50, 100, 200 ... by the number's leading digit, without arithmetic on floats. */
function band(value: string): string {
  const match = /^(?<currency>[A-Z]{3} )?(?<sign>-?)(?<whole>\d+)/.exec(value);
  const { currency = "", sign = "", whole = "0" } = match?.groups ?? {};
  // A band from 1 to 2 would hold one whole number only.
  if (whole.length === 1) return `${currency}${sign === "-" ? "-10 to 0" : "0 to 10"}`;
  const lead = Number(whole[0]);
  const zeros = "0".repeat(whole.length - 1);
  const [low, high] = lead < 2 ? ["1", "2"] : lead < 5 ? ["2", "5"] : ["5", "10"];
  const [from, to] = [grouped(`${low}${zeros}`), grouped(`${high}${zeros}`)];
  return sign === "-" ? `${currency}-${to} to -${from}` : `${currency}${from} to ${to}`;
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
