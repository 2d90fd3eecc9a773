// What each role normally needs of a unit in hand (minimum necessary, 45 CFR 164.514(d)(2)), from standard-views.yaml.
import { z } from "zod";
import { ROLES, type Role } from "../../kernel/vocabulary.ts";
import { PolicyError } from "./errors.ts";
import type { PolicyFile } from "./policy-files.ts";
import { parseYaml } from "./yaml-data.ts";

export const WORK_KINDS = ["relationship", "policy", "claim", "application", "investigation"] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export interface StandardViews {
  /** The field paths, in the order of the file; null when the role has no standard view of such a unit. */
  view(role: Role, work: WorkKind): readonly string[] | null;
  needs(role: Role, work: WorkKind, fieldPath: string): boolean;
  /** The first kind of unit that the role has a view of; "claim" where it has none. Depends on the role alone. */
  usual(role: Role): WorkKind;
}

const patterns = z.array(z.string().min(2)).min(1);
const viewsFile = z.strictObject({
  version: z.literal(1),
  sets: z.record(z.string(), patterns),
  views: z.partialRecord(z.enum(ROLES), z.partialRecord(z.enum(WORK_KINDS), patterns)),
});
type Sets = Readonly<Record<string, readonly string[]>>;

// A set may hold sets; deeper than this it holds itself.
const SET_DEPTH_MAX = 5;

/** Throws PolicyError for a path that the schema registry does not know, or an unknown set. */
export function readStandardViews(file: PolicyFile, fieldPaths: ReadonlySet<string>): StandardViews {
  const { content, faultAt: fault } = parseYaml(file, viewsFile);
  const faults: string[] = [];
  const expandAt = (pattern: string, ...path: (string | number)[]): string[] => {
    const meant = expand(pattern, content.sets, fieldPaths, 0);
    if (meant === null) faults.push(fault(path, `${pattern} names no field or set, or a set that does`));
    return meant ?? [];
  };
  for (const [name, listed] of Object.entries(content.sets)) {
    for (const [at, pattern] of listed.entries()) expandAt(pattern, "sets", name, at);
  }
  const views = new Map<string, readonly string[]>();
  for (const { role, work, listed } of entriesOf(content.views)) {
    const paths = listed.flatMap((pattern, at) => expandAt(pattern, "views", role, work, at));
    views.set(`${role} ${work}`, Object.freeze([...new Set(paths)]));
  }
  if (faults.length > 0) throw new PolicyError(faults);
  // Nested, since a key put together for every field that is asked for would be what deciding on it takes.
  const needed = new Map(
    WORK_KINDS.map((work) => [work, new Map(ROLES.map((role) => [role, new Set(views.get(`${role} ${work}`))]))]),
  );
  return {
    view: (role, work) => views.get(`${role} ${work}`) ?? null,
    needs: (role, work, fieldPath) => needed.get(work)?.get(role)?.has(fieldPath) === true,
    usual: (role) => entriesOf(content.views).find((entry) => entry.role === role)?.work ?? "relationship",
  };
}

interface ViewEntry {
  readonly role: Role;
  readonly work: WorkKind;
  readonly listed: readonly string[];
}

/** The views in the order of the file. */
function entriesOf(views: Readonly<Partial<Record<Role, Partial<Record<WorkKind, readonly string[]>>>>>): ViewEntry[] {
  return ROLES.flatMap((role) => {
    const kinds = Object.entries(views[role] ?? {}) as [WorkKind, readonly string[]][];
    return kinds.map(([work, listed]) => ({ role, work, listed }));
  });
}

/** `@name` stands for a set, `record-type.*` for all fields of a record type. Null when something in it is unknown. */
function expand(pattern: string, sets: Sets, fieldPaths: ReadonlySet<string>, depth: number): string[] | null {
  if (pattern.startsWith("@")) {
    const name = pattern.slice(1);
    const members = depth < SET_DEPTH_MAX && Object.hasOwn(sets, name) ? sets[name] : undefined;
    const expanded = members?.map((member) => expand(member, sets, fieldPaths, depth + 1));
    return expanded === undefined || expanded.includes(null) ? null : expanded.flatMap((paths) => paths ?? []);
  }
  if (!pattern.endsWith(".*")) return fieldPaths.has(pattern) ? [pattern] : null;
  const record = pattern.slice(0, -1);
  const found = [...fieldPaths].filter((path) => path.startsWith(record));
  return found.length > 0 ? found : null;
}
