// Where a demand was issued, held against where the company is: whose law it has to be turned into first. Pure.

/** The European Economic Area, by ISO 3166: Regulation (EU) 2016/679 holds in all of it. The United Kingdom has left out Art. 48. */
const EEA = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

export interface PlaceRule {
  /** Asked only where the legal entity is, or may be, in one of these: ISO 3166, or EU for the Economic Area. */
  readonly heldIn?: readonly string[] | undefined;
  /** Asked only where the issuer is in none of these; `own`: the place of the legal entity. */
  readonly issuedOutside?: readonly string[] | undefined;
}

/** Places as ISO 3166 (US, US-NY, DE), or EU. A country of which no state is known may be any of its states: then it is asked. */
export function concernsPlace(
  { heldIn, issuedOutside }: PlaceRule,
  { issuer, held }: { readonly issuer: string; readonly held: readonly string[] },
): boolean {
  return held.some(
    (own) =>
      (heldIn === undefined || heldIn.some((region) => mayBeIn(own, region))) &&
      (issuedOutside === undefined || !issuedOutside.some((region) => isInside(issuer, region, own))),
  );
}

/** A federal court is of every state. */
function isInside(issuer: string, region: string, own: string): boolean {
  return region === "own" ? isIn(own, issuer) : isIn(issuer, region);
}

function isIn(place: string, region: string): boolean {
  if (region === "EU") return place === "EU" || EEA.has(place.slice(0, 2));
  return place === region || place.startsWith(`${region}-`);
}

function mayBeIn(place: string, region: string): boolean {
  return isIn(place, region) || region.startsWith(`${place}-`);
}
