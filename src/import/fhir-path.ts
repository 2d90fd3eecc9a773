// Where an element of a FHIR resource stands, as the columns of a mapping name it: `name[0].family`, `telecom[system=email].value`.

interface Step {
  readonly name: string;
  /** Which of several: by place, or by what a member of it says; null for any. */
  readonly pick: { readonly at: number } | { readonly key: string; readonly says: string } | null;
}
export type FhirPath = readonly Step[];

/** One step on the way to a value that was found. */
export interface Trail {
  readonly name: string;
  readonly at: number;
  /** What stands there: the value itself at the end of the way. */
  readonly element: unknown;
}

const STEP = /(?:^|\.)([A-Za-z_][A-Za-z0-9]*)(?:\[(?:(\d{1,3})|([A-Za-z]+)=([^\]]+))\])?/y;

/** Null for what is no path. */
export function parseFhirPath(text: string): FhirPath | null {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text);
    if (found === null) return null;
    const [, name = "", at, key, says] = found;
    const byPlace = at === undefined ? null : { at: Number(at) };
    steps.push({ name, pick: key === undefined || says === undefined ? byPlace : { key, says } });
  }
  return steps.length === 0 ? null : steps;
}

/** Whether the way begins as the path goes; `isWhole`: and ends with it. */
export function leadsTo(path: FhirPath, trail: readonly Trail[], isWhole: boolean): boolean {
  if (isWhole ? path.length !== trail.length : path.length > trail.length) return false;
  return path.every(({ name, pick }, step) => {
    const found = trail[step];
    if (found === undefined || found.name !== name) return false;
    if (pick === null) return true;
    if ("at" in pick) return pick.at === found.at;
    const { element } = found;
    if (typeof element !== "object" || element === null || !Object.hasOwn(element, pick.key)) return false;
    return String((element as Readonly<Record<string, unknown>>)[pick.key]) === pick.says;
  });
}
