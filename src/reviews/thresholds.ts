// What reviews point at, from governance/access/reviews.yaml.
import { join } from "node:path";
import { z } from "zod";
import { ACTIONS } from "../access/access.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { PURPOSES, ROLES } from "../kernel/vocabulary.ts";
import { ReviewError } from "./errors.ts";

const named = { name: z.string().regex(/^[a-z0-9-]{1,60}$/), why: z.string().min(1) };
const conflict = z.union([
  strictYaml({ ...named, purposes: z.array(z.enum(PURPOSES)).length(2) }),
  strictYaml({ ...named, right: z.enum(ACTIONS), besides: z.literal("customer-data") }),
]);
export type Conflict = z.infer<typeof conflict>;

const file = strictYaml({
  version: z.literal(1),
  periodDays: z.int().min(1).max(730),
  dormantDays: z.int().min(1).max(730),
  unusedDays: z.int().min(1).max(730),
  creepSharePercent: z.int().min(1).max(100),
  peersMin: z.int().min(1),
  placesMax: z.int().min(1),
  keepPurposes: z.array(z.enum(PURPOSES)),
  privilegedRoles: z.array(z.enum(ROLES)).min(1),
  conflicts: z.array(conflict),
});
export type Thresholds = z.infer<typeof file>;

/** Throws ReviewError `bad-governance`, naming file and line. */
export function loadThresholds(folder: string): Thresholds {
  const read = readGovernedYaml(join(folder, "reviews.yaml"), "governance/access/reviews.yaml", file);
  if (!read.ok) throw new ReviewError("bad-governance", read.faults.join("\n"));
  return Object.freeze(read.file.content);
}
