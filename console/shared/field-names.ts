// What fields and records are called in the reader's language; what a schema has beyond the default one, as the server calls it. Pure.

/** Labels are the server's, where it has told them. */
export interface FieldNames {
  field(path: string, label?: string): string;
  record(type: string, label?: string): string;
  /** A value of a closed list by its plain name; whatever is none, null. */
  code(path: string, value: string): string | null;
}

/** Of records by type: `_name` of the record itself, and its fields' by their keys. */
export type NamesOfRecords = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Of the closed lists: by record type, field and code. */
export type NamesOfCodes = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined>
>;

/** The server speaks English: in English its label goes first, since an insurer may have renamed a field. */
export function fieldNames(names: NamesOfRecords, isEnglish: boolean, codes: NamesOfCodes = {}): FieldNames {
  const said = (code: string, name: string | undefined, label: string | undefined): string =>
    (isEnglish ? (label ?? name) : (name ?? label)) ?? legible(code);
  return {
    field: (path, label) => {
      const [type = "", key = ""] = path.split(".");
      return said(key, names[type]?.[key], label);
    },
    record: (type, label) => said(type, names[type]?.["_name"], label),
    code: (path, value) => {
      const [type = "", key = ""] = path.split(".");
      return codes[type]?.[key]?.[value] ?? null;
    },
  };
}

function legible(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
