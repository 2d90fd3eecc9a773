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

/** What a pointer into a request (RFC 6901) points at: a field of a record; null where it points at anything else. */
export function fieldPathAt(pointer: string): string | null {
  return /\/([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)$/.exec(pointer)?.[1] ?? null;
}

/** The last name in a pointer, legible; null where there is none, as of a whole body. */
export function nameAt(pointer: string): string | null {
  const [, , ...within] = pointer.split("/");
  const name = within.findLast((part) => part !== "*" && !/^\d+$/.test(part));
  return name === undefined ? null : legible(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase());
}

function legible(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
