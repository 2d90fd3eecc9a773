// Where customers live, as far as laws on their rights differ by it. Countries have their names from the browser, in the reader's language.
import { useLocale } from "use-intl";

const COUNTRIES =
  "US GB CA AT AU BE BG BR CH CY CZ DE DK EE ES FI FR GR HR HU IE IN IS IT JP LI LT LU LV MT NL NO PL PT RO SE SG SI SK".split(
    " ",
  );

const US =
  "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|" +
  "ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|" +
  "MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|" +
  "OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|" +
  "WV West Virginia|WI Wisconsin|WY Wyoming";
const CA =
  "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|" +
  "PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon";

interface Option {
  readonly value: string;
  readonly label: string;
}

const optionsOf = (list: string): readonly Option[] =>
  list.split("|").map((one) => ({ value: one.slice(0, 2), label: one.slice(3) }));
const STATES: Readonly<Record<string, readonly Option[]>> = { US: optionsOf(US), CA: optionsOf(CA) };

/** Whose laws differ by state; empty for all others. */
export function statesOf(country: string | null): readonly Option[] {
  return (country === null ? undefined : STATES[country]) ?? [];
}

export function useCountries(): readonly Option[] {
  const locale = useLocale();
  const names = new Intl.DisplayNames([locale], { type: "region" });
  const { compare } = new Intl.Collator(locale);
  return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).toSorted((one, other) =>
    compare(one.label, other.label),
  );
}

export function usePlaceName(): (place: { readonly country: string; readonly state: string | null }) => string {
  const names = new Intl.DisplayNames([useLocale()], { type: "region" });
  return ({ country, state }) => {
    const known = statesOf(country).find(({ value }) => value === state)?.label ?? state;
    const land = names.of(country) ?? country;
    return known === null ? land : `${known}, ${land}`;
  };
}
