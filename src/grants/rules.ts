// How long grants last, who may be elevated to what, what a role must have attested, and when a fresh factor is needed: governance/access.
import { join } from "node:path";
import { z } from "zod";
import type { Access, Action, RoleTable } from "../access/access.ts";
import { type GovernedFile, readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import { GrantError } from "./errors.ts";

const hours = z
  .int()
  .min(1)
  .max(24 * 31);
const grantsFile = strictYaml({
  version: z.literal(1),
  elevation: strictYaml({
    hoursMax: hours,
    waitingHours: hours,
    openMax: z.int().min(1).max(100),
    roles: z.partialRecord(z.enum(ROLES), z.array(z.enum(ROLES)).min(1)),
  }),
  twoPerson: strictYaml({ hoursMax: hours, waitingHours: hours, openMax: z.int().min(1).max(1000) }),
  breakGlass: strictYaml({
    minutesMax: z
      .int()
      .min(5)
      .max(24 * 60),
    reviewHours: hours,
  }),
});

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const attestationsFile = strictYaml({
  version: z.literal(1),
  courses: z.record(code, strictYaml({ title: z.string().min(1), validDays: z.int().min(1).max(3660) })),
  policies: z.record(code, strictYaml({ title: z.string().min(1), version: z.string().min(1).max(40) })),
  required: z.partialRecord(
    z.enum(ROLES),
    strictYaml({ courses: z.array(code).default([]), policies: z.array(code).default([]) }),
  ),
});

const stepUpFile = strictYaml({
  version: z.literal(1),
  bulkCustomers: z.int().min(1).max(1000),
});

export interface StepUpRules {
  readonly freshSeconds: number;
  readonly shiftSeconds: number;
  readonly bulkCustomers: number;
}
export type AttestationRules = Omit<z.infer<typeof attestationsFile>, "version">;
export type GrantRules = Omit<z.infer<typeof grantsFile>, "version"> & {
  readonly attestations: AttestationRules;
  readonly stepUp: StepUpRules;
};

/** Roles that administer or audit: what they do is to be seen by others, not lent more. */
const ADMINISTRATION: readonly Action[] = ["client.create", "assignment.create", "key.rotate", "client.revoke"];

/** Throws GrantError `bad-governance`, naming file and line. */
export function loadGrantRules(
  folder: string,
  access: Pick<Access, "may" | "roles">,
  factors: Omit<StepUpRules, "bulkCustomers">,
): GrantRules {
  const grants = read(folder, "grants.yaml", grantsFile);
  const attestations = read(folder, "attestations.yaml", attestationsFile);
  const faults = [...elevationFaults(grants, access), ...requiredFaults(attestations)];
  if (faults.length > 0) throw new GrantError("bad-governance", faults.join("\n"));
  const { version: _grants, ...rules } = grants.content;
  const { bulkCustomers } = read(folder, "step-up.yaml", stepUpFile).content;
  return { ...rules, stepUp: { ...factors, bulkCustomers }, attestations: attestations.content };
}

function read<Content>(folder: string, name: string, schema: z.ZodType<Content>): GovernedFile<Content> {
  const found = readGovernedYaml(join(folder, name), `governance/access/${name}`, schema);
  if (!found.ok) throw new GrantError("bad-governance", found.faults.join("\n"));
  return found.file;
}

/** INVARIANT: administrators, key custodians, auditors and machines are lent nothing, and nobody is lent what those hold. */
function elevationFaults(
  { content, faultAt }: GovernedFile<z.infer<typeof grantsFile>>,
  { may, roles }: Pick<Access, "may" | "roles">,
): string[] {
  const isApart = (role: Role): boolean =>
    role === "service-account" ||
    role === "internal-auditor" ||
    ADMINISTRATION.some((action) => may({ kind: "staff", role, purposes: roles[role].purposes }, action));
  return (Object.entries(content.elevation.roles) as [Role, readonly Role[]][]).flatMap(([from, to]) =>
    [from, ...to].flatMap((role) =>
      isApart(role) || !isUsable(roles, role)
        ? [faultAt(["elevation", "roles", from], `${role} neither lends nor is lent to`)]
        : [],
    ),
  );
}

const isUsable = (roles: RoleTable, role: Role): boolean => roles[role].daysMax > 0;

function requiredFaults({ content, faultAt }: GovernedFile<z.infer<typeof attestationsFile>>): string[] {
  return Object.entries(content.required).flatMap(([role, { courses, policies }]) => [
    ...courses
      .filter((each) => content.courses[each] === undefined)
      .map((each) => faultAt(["required", role, "courses"], `no course ${each}`)),
    ...policies
      .filter((each) => content.policies[each] === undefined)
      .map((each) => faultAt(["required", role, "policies"], `no policy ${each}`)),
  ]);
}
