// The rules of the watch as data: points, thresholds and ceilings in governance/watch/rules.yaml, with the words they are told in.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml, type GovernedFile } from "../kernel/governed-yaml.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import { WatchError } from "./errors.ts";

/** What follows from an opening, the mildest first. */
export const OUTCOMES = ["allow", "ask-reason", "step-up", "second-person", "hold"] as const;
export type WatchOutcome = (typeof OUTCOMES)[number];

const points = z.int().min(0).max(500);
const count = z.int().min(1).max(100_000_000);
const text = z.string().min(3).max(200);
const told = { says: text, why: text, points };
const relation = strictYaml({ ...told, inHand: points });
const plain = strictYaml(told);
const counted = strictYaml({ ...told, customers: count });
const against = strictYaml({ ...told, customers: count, timesPeers: z.number().min(1).max(100) });

const behaviour = strictYaml({
  "no-assignment": plain,
  emergency: plain,
  "after-name-search": strictYaml({ ...told, minutes: count }),
  returns: strictYaml({ ...told, days: count }),
  "unassigned-week": against,
  "unassigned-month": against,
  "searched-without-work": against,
  speed: strictYaml({ ...told, customersAMinute: count }),
  "over-hour-ceiling": plain,
  "far-over-hour-ceiling": strictYaml({ ...told, times: z.number().min(1).max(100) }),
  "over-day-ceiling": plain,
  "over-own-habit": strictYaml({ ...told, customers: count, times: z.number().min(1).max(100), daysMin: count }),
  "over-peers": strictYaml({ ...told, customers: count, times: z.number().min(1).max(100) }),
  "odd-hours": strictYaml({ ...told, inHand: points, daysMin: count, shareMax: z.number().min(0).max(1) }),
  dormant: strictYaml({ ...told, inHand: points, days: count }),
  enumeration: strictYaml({ ...told, ids: count }),
  "mass-enumeration": strictYaml({ ...told, ids: count }),
  "many-from-one-work": counted,
  "machine-over-ceiling": plain,
  "machine-enumeration": plain,
});

const relations = strictYaml({
  "own-file": relation,
  "same-surname-and-address": relation,
  household: relation,
  "same-address": relation,
  "same-phone": relation,
  "same-email": relation,
  "same-surname": relation,
  colleague: relation,
  "known-person": relation,
  deceased: relation,
});

const personCeilings = strictYaml({ customersAnHour: count, customersADay: count });
const machineCeilings = strictYaml({ customersAnHour: count, customersADay: count, refusedAnHour: count });

const rulesFile = strictYaml({
  version: z.literal(1),
  dayStartsAtHourUtc: z.int().min(0).max(23),
  outcomes: strictYaml({
    alert: points,
    "ask-reason": points,
    "step-up": points,
    "second-person": points,
    hold: points,
  }),
  alerts: strictYaml({ foldHours: count, narrowAtPoints: count, suspendAtPoints: count }),
  clearance: strictYaml({ days: z.int().min(1).max(92) }),
  catastrophe: strictYaml({ times: z.number().min(1).max(20), daysMax: z.int().min(1).max(31) }),
  people: strictYaml({ default: personCeilings, roles: z.partialRecord(z.enum(ROLES), personCeilings) }),
  machines: strictYaml({ default: machineCeilings, roles: z.partialRecord(z.enum(ROLES), machineCeilings) }),
  relations,
  behaviour,
});

export type WatchRules = z.infer<typeof rulesFile>;
export type RelationCode = keyof WatchRules["relations"];
export type BehaviourCode = keyof WatchRules["behaviour"];
export type RuleCode = RelationCode | BehaviourCode;

const RELATION_CODES = Object.keys(relations.shape) as readonly RelationCode[];
export const RULE_CODES: readonly RuleCode[] = [
  ...RELATION_CODES,
  ...(Object.keys(behaviour.shape) as readonly BehaviourCode[]),
];

/** Reads `rules.yaml` in `folder`. Throws WatchError "bad-governance" with every fault, each with file and line. */
export function loadWatchRules(folder: string): WatchRules {
  const read = readGovernedYaml(join(folder, "rules.yaml"), "governance/watch/rules.yaml", rulesFile);
  if (!read.ok) throw new WatchError("bad-governance", read.faults.join("\n"));
  const faults = faultsOf(read.file);
  if (faults.length > 0) throw new WatchError("bad-governance", faults.join("\n"));
  return deepFrozen(read.file.content);
}

/** What a schema cannot say. */
function faultsOf({ content, faultAt }: GovernedFile<WatchRules>): string[] {
  const faults: string[] = [];
  const { outcomes, relations: related, behaviour: done, alerts } = content;
  const steps = ["ask-reason", "step-up", "second-person", "hold"] as const;
  for (const [at, step] of steps.entries()) {
    const before = at === 0 ? 0 : outcomes[steps[at - 1]!];
    if (outcomes[step] <= before)
      faults.push(faultAt(["outcomes", step], "must be more than the milder outcome before it"));
  }
  if (outcomes.alert < 1) faults.push(faultAt(["outcomes", "alert"], "would make everything an alert"));
  // A shared surname alone never holds: not even where everything that goes with an ordinary look at a stranger comes with it.
  const surname = related["same-surname"];
  const ordinary = done["no-assignment"].points + done["after-name-search"].points;
  if (surname.points + ordinary >= outcomes["ask-reason"] || surname.inHand >= outcomes["ask-reason"])
    faults.push(faultAt(["relations", "same-surname", "points"], "a shared surname alone must not stop anything"));
  if (alerts.suspendAtPoints <= alerts.narrowAtPoints)
    faults.push(faultAt(["alerts", "suspendAtPoints"], "must be more than narrowAtPoints"));
  return faults;
}

export function personCeilingsOf(rules: WatchRules, role: Role): WatchRules["people"]["default"] {
  return rules.people.roles[role] ?? rules.people.default;
}

export function machineCeilingsOf(rules: WatchRules, role: Role): WatchRules["machines"]["default"] {
  return rules.machines.roles[role] ?? rules.machines.default;
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) for (const each of Object.values(value)) deepFrozen(each);
  return Object.freeze(value);
}
