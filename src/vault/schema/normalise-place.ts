// Countries, states, regions and postcodes.
import { fold } from "./fold.ts";
import { normaliseText } from "./normalise-text.ts";
import { accept, type Normalised, refuse, type ValueContext } from "./normalised.ts";
import { COUNTRIES, US_STATES } from "./place-codes.ts";

const POSTCODE_LENGTH_MAX = 12;
const UNITED_STATES = "US";

/** ISO 3166 alpha-2, from codes and English names: "USA", "U.S.", "United States of America". */
export function normaliseCountry(given: string): Normalised {
  if (given.trim() === "") return refuse("empty");
  const code = COUNTRIES.get(fold(given));
  return code === undefined ? refuse("unknown-country") : accept(code);
}

export function normaliseUsState(given: string): Normalised {
  if (given.trim() === "") return refuse("empty");
  const code = US_STATES.get(fold(given));
  return code === undefined ? refuse("unknown-state") : accept(code);
}

/** In the United States the state's postal code; elsewhere as given, for there is no list that real addresses keep to. */
export function normaliseRegion(given: string, context: ValueContext): Normalised {
  return context.country === UNITED_STATES ? normaliseUsState(given) : normaliseText(given);
}

/** Upper case with single spaces. One that does not fit its country warns. */
export function normalisePostcode(given: string, context: ValueContext): Normalised {
  const text = given
    .normalize("NFKC")
    .trim()
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015-]+/g, (gap) => (/\s/.test(gap) ? " " : "-"));
  if (text === "") return refuse("empty");
  if (text.length > POSTCODE_LENGTH_MAX || !/^[A-Z0-9](?:[A-Z0-9 -]*[A-Z0-9])?$/.test(text))
    return refuse("not-a-postcode");
  if (context.country !== UNITED_STATES) return accept(text);
  const zip = /^\d{9}$/.test(text) ? `${text.slice(0, 5)}-${text.slice(5)}` : text;
  return /^\d{5}(?:-\d{4})?$/.test(zip) ? accept(zip) : accept(zip, "postcode-unusual");
}
