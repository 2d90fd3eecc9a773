// Which groups of the provider are which role, and what its acr and amr count for, from governance/access/federation.yaml.
import { basename } from "node:path";
import { z } from "zod";
import type { RoleTable } from "../access/access.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { DATA_CLASSES, LINES, PURPOSES, ROLES } from "../kernel/vocabulary.ts";
import { FederationError } from "./errors.ts";

const group = strictYaml({
  role: z.enum(ROLES),
  purposes: z.array(z.enum(PURPOSES)).min(1),
  rowScope: z.enum(["none", "assignments", "groups", "everything-masked"]),
  /** Books, blocks and teams by their names. */
  teams: z.array(z.string().min(1).max(100)).max(50).default([]),
  entities: z.array(z.string()).default([]),
  lines: z.array(z.enum(LINES)).default([]),
  classes: z.array(z.enum(DATA_CLASSES)).nullable().default(null),
});
const proofs = strictYaml({ amr: z.array(z.string()), acr: z.array(z.string()) });
const federationFile = strictYaml({
  version: z.literal(1),
  userNameClaim: z.enum(["preferred_username", "email", "upn", "sub"]),
  groupsClaim: z.string().min(1).max(100),
  joinOnSignIn: z.boolean(),
  signIn: strictYaml({
    strong: proofs,
    phishingResistant: proofs,
    stepUpAcr: z.array(z.string()),
    sessionHours: z.int().min(1).max(24),
    idleMinutes: z.int().min(1).max(720),
  }),
  groups: z.record(z.string().min(1).max(200), group),
});

export type MappedGroup = z.output<typeof group>;
export type Federation = z.output<typeof federationFile>;

/** Throws FederationError `bad-governance`, naming file and line. */
export function loadFederation(path: string, roles: RoleTable): Federation {
  const read = readGovernedYaml(path, `governance/access/${basename(path)}`, federationFile);
  if (!read.ok) throw new FederationError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  for (const [name, { role, purposes, rowScope }] of Object.entries(content.groups)) {
    const rules = roles[role];
    const fits =
      role !== "service-account" &&
      rules.rowScopes.includes(rowScope) &&
      purposes.every((purpose) => rules.purposes.includes(purpose));
    if (!fits)
      throw new FederationError("bad-governance", faultAt(["groups", name], "goes beyond what the role allows"));
  }
  return content;
}

/** The first group of the file that the person is in: its name and what it gives. Null for whoever is in none. */
export function mappedGroup({ groups }: Federation, memberOf: readonly string[]): [string, MappedGroup] | null {
  return Object.entries(groups).find(([name]) => memberOf.includes(name)) ?? null;
}

export interface Shown {
  readonly isStrong: boolean;
  readonly isPhishingResistant: boolean;
}

/** What the provider says it was shown (RFC 8176; OpenID Connect Core 2, acr and amr). */
export function shownBy({ signIn }: Federation, acr: unknown, amr: unknown): Shown {
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  const has = (proof: Federation["signIn"]["strong"]): boolean =>
    proof.acr.some((each) => each === acr) || proof.amr.some((each) => methods.includes(each));
  const isPhishingResistant = has(signIn.phishingResistant);
  return { isStrong: isPhishingResistant || has(signIn.strong), isPhishingResistant };
}
