// Masked forms in one line: a name where there is one, else a number.

const NAMES = [
  ["person.first-name", "person.last-name"],
  ["organisation.legal-name"],
  ["organisation.trading-name"],
  ["government-id.holder-last-name"],
  ["bank-account.holder-name"],
] as const;
const NUMBERS = [
  "claim.number",
  "policy.number",
  "person.customer-number",
  "organisation.customer-number",
  "contact.email",
  "contact.phone",
  "contact.mobile-phone",
  "vehicle.vin",
  "bank-account.iban",
] as const;

type Masks = Readonly<Record<string, string>>;

/** Null where neither is among them. */
export function maskedLine(masks: Masks): string | null {
  const name = NAMES.map((paths) => joined(masks, paths)).find((text) => text !== "");
  return name ?? NUMBERS.map((path) => masks[path]).find((text) => text !== undefined) ?? null;
}

/** What the line does not say. */
export function maskedRest(masks: Masks): [path: string, mask: string][] {
  const line = maskedLine(masks) ?? "";
  return Object.entries(masks).filter(([, mask]) => mask !== "" && !line.split(" ").includes(mask) && line !== mask);
}

function joined(masks: Masks, paths: readonly string[]): string {
  return paths
    .map((path) => masks[path] ?? "")
    .filter((mask) => mask !== "")
    .join(" ");
}
