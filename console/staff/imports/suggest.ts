// What a column may become, guessed by its name and its first values; whoever maps decides. Pure.
import { type ColumnUse, DATE_FORMATS, type RecordType, type SchemaField } from "./draft.ts";
import type { FileHead } from "./file-head.ts";

/** What feeds call things, in three languages, beside the schema's own names and labels. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  "person.customer-number": ["customerno", "customerid", "clientno", "kundennummer", "numerodecliente"],
  "person.first-name": ["first", "firstname", "givenname", "forename", "vorname", "nombre"],
  "person.last-name": ["last", "lastname", "surname", "familyname", "nachname", "apellido", "apellidos"],
  "person.birth-date": [
    "born",
    "dob",
    "dateofbirth",
    "birthday",
    "birthdate",
    "geburtsdatum",
    "geburtstag",
    "fechadenacimiento",
  ],
  "person.sex": ["sex", "gender", "geschlecht", "sexo"],
  "person.marital-status": ["maritalstatus", "married", "familienstand", "estadocivil"],
  "address.line1": ["street", "address", "address1", "addressline1", "strasse", "straße", "calle", "direccion"],
  "address.line2": ["address2", "addressline2"],
  "address.city": ["city", "town", "ort", "stadt", "ciudad"],
  "address.region": ["state", "region", "province", "bundesland", "provincia"],
  "address.postcode": ["zip", "zipcode", "postcode", "postalcode", "plz", "codigopostal"],
  "address.country": ["country", "land", "pais"],
  "contact.email": ["email", "mail", "emailid", "emailaddress", "correo"],
  "contact.phone": ["phone", "telephone", "phoneno", "mobile", "telefon", "telefono"],
  "government-id.ssn": ["ssn", "socialsecuritynumber", "nationalid"],
  "bank-account.iban": ["iban"],
  "bank-account.account-number": ["accountnumber", "accountno", "account", "kontonummer"],
  "policy.number": ["policyid", "policyno", "policynumber", "policennummer", "numerodepoliza"],
  "claim.number": ["claimid", "claimno", "claimnumber", "schadennummer"],
};

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

interface Named {
  readonly field: SchemaField;
  readonly names: readonly string[];
}

/** No two columns become the same field. */
export function suggest(head: FileHead, types: readonly RecordType[]): Record<string, ColumnUse> {
  const known: Named[] = types.flatMap((type) =>
    type.fields.map((field) => {
      const own = field.path.slice(type.name.length + 1);
      return {
        field,
        names: [plain(field.path), ...(ALSO[field.path] ?? []).map(plain), plain(own), plain(field.label)],
      };
    }),
  );
  const taken = new Set<string>();
  return Object.fromEntries(
    head.columns.map((column) => {
      const found = bestOf(known, plain(column), taken);
      if (found === null) return [column, { field: null }];
      taken.add(found.path);
      return [
        column,
        useOf(
          found,
          head.rows.map((row) => row[column] ?? ""),
        ),
      ];
    }),
  );
}

/** An exact path before a name that feeds use, and that before a field's own, which several records may have. */
function bestOf(known: readonly Named[], name: string, taken: ReadonlySet<string>): SchemaField | null {
  const free = known.filter(({ field }) => !taken.has(field.path));
  const places = Math.max(...free.map(({ names }) => names.length), 0);
  for (let place = 0; place < places; place += 1) {
    const found = free.find(({ names }) => names[place] === name);
    if (found !== undefined) return found.field;
  }
  return null;
}

/** With the form of its values, where they show one. */
export function useOf(field: SchemaField, values: readonly string[]): ColumnUse {
  const given = values.map((value) => value.trim()).filter((value) => value !== "");
  if (field.type === "date" || field.type === "timestamp") {
    const format = formatOf(given);
    return { field: field.path, ...(format === null ? {} : { dateFormat: format }) };
  }
  return field.codes === null ? { field: field.path } : { field: field.path, words: wordsOf(field.codes, given) };
}

/** The first format that all values have; null where none has, or where day and month could be either. */
function formatOf(values: readonly string[]): string | null {
  const fitting = DATE_FORMATS.filter((format) => values.length > 0 && values.every((value) => isOf(value, format)));
  const orders = new Set(fitting.map((format) => format.replaceAll(/([ymd])\1*/g, "$1")));
  return orders.size === 1 ? fitting[0]! : null;
}

function isOf(value: string, format: string): boolean {
  const parts = {
    yyyy: "(?<y>\\d{4})",
    mm: "(?<m>\\d{2})",
    dd: "(?<d>\\d{2})",
    m: "(?<m>\\d{1,2})",
    d: "(?<d>\\d{1,2})",
  };
  const [date = "", time] = format.split(" ");
  const pattern = date
    .replaceAll(/[./]/g, String.raw`\$&`)
    .replaceAll(/yyyy|mm|dd|m|d/g, (part) => parts[part as keyof typeof parts]);
  const { groups } =
    new RegExp(`^${pattern}${time === undefined ? "" : String.raw` \d{2}:\d{2}:\d{2}`}$`).exec(value) ?? {};
  return groups !== undefined && Number(groups["m"]) <= 12 && Number(groups["d"]) <= 31;
}

/** Words that are a code, or begin as one alone does. */
export function wordsOf(codes: readonly string[], values: readonly string[]): Record<string, string> {
  const words = [...new Set(values)].slice(0, 40);
  return Object.fromEntries(
    words.map((word) => {
      const [exact, ...begin] = [
        codes.find((code) => plain(code) === plain(word)),
        ...codes.filter((code) => plain(word).length === 1 && code.startsWith(plain(word))),
      ];
      return [word, exact ?? (begin.length === 1 ? begin[0]! : "")];
    }),
  );
}
