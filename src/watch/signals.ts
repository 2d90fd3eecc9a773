// The rules, each a plain question about one opening and what its asker did before. Pure: the same facts give the same signals.
import type { Flag, Role } from "../kernel/vocabulary.ts";
import type { MachineActivity } from "./machine-activity.ts";
import type { Opening, Signal } from "./opening.ts";
import type { Peers } from "./peers.ts";
import type { PersonActivity } from "./person-activity.ts";
import { machineCeilingsOf, personCeilingsOf, type RelationCode, type WatchRules } from "./rules.ts";
import { hourOf } from "./working-days.ts";

export interface Weighing {
  readonly rules: WatchRules;
  readonly role: Role;
  readonly opening: Opening;
  /** What ceilings of volume are multiplied by: 1 but in a catastrophe. */
  readonly widened: number;
}

const MINUTE_MS = 60_000;

/** The heaviest of these counts, since they say one thing: whose file it is. */
const KIN: readonly RelationCode[] = [
  "own-file",
  "same-surname-and-address",
  "household",
  "same-phone",
  "same-email",
  "same-address",
  "same-surname",
];
const FLAG_RELATIONS: readonly (readonly [Flag, RelationCode])[] = [
  ["employee", "colleague"],
  ["vip", "known-person"],
  ["deceased", "deceased"],
];

/** Who the customer is to the asker. */
export function relationSignals({ rules, opening }: Weighing, found: Signal[]): void {
  const { relations, flags, tie } = opening;
  const pointsOf = (code: RelationCode): number => rules.relations[code][isInHand(tie) ? "inHand" : "points"];
  if (relations.size > 0) {
    const kin = KIN.filter((code) => relations.has(code)).toSorted((one, other) => pointsOf(other) - pointsOf(one))[0];
    if (kin !== undefined) add(found, rules.relations[kin], { code: kin, points: pointsOf(kin), detail: "" });
  }
  if (flags.size === 0) return;
  for (const [flag, code] of FLAG_RELATIONS)
    if (flags.has(flag)) add(found, rules.relations[code], { code, points: pointsOf(code), detail: "" });
}

export function isInHand(tie: Opening["tie"]): boolean {
  return tie === "assigned" || tie === "book";
}

/** How the asker came to a customer who is nobody's work of theirs. */
export function untiedSignals(weighing: Weighing, person: PersonActivity, peers: Peers, found: Signal[]): void {
  const { rules, opening, role } = weighing;
  const { behaviour } = rules;
  if (opening.tie === "emergency") plain(found, rules, "emergency");
  else if (opening.tie === "none") plain(found, rules, "no-assignment");
  else return;
  const afterMs = opening.atMs - person.nameSearchMs;
  if (afterMs >= 0 && afterMs < behaviour["after-name-search"].minutes * MINUTE_MS) {
    person.foundByName.add(opening.customerId, opening.atMs);
    plain(found, rules, "after-name-search", `, ${durationOf(afterMs)} after it`);
  }
  const { untied, today } = person;
  const days = untied.daysOf(opening.customerId, today - 27);
  if (days >= behaviour.returns.days) plain(found, rules, "returns", ` (${days})`);
  for (const [code, span, measure] of SPANS) {
    const { customers, timesPeers } = behaviour[code];
    const count =
      code === "searched-without-work" ? person.foundByName.count(opening.atMs) : untied.countSince(today - span + 1);
    const usual = peers.usual(role, measure, today);
    if (count < customers || count <= timesPeers * (usual ?? 0)) continue;
    plain(found, rules, code, ` (${count}${usual === null ? "" : `; 95 of 100 peers ${usual} at most`})`);
  }
}

const SPANS = [
  ["searched-without-work", 7, "unassigned-a-week"],
  ["unassigned-week", 7, "unassigned-a-week"],
  ["unassigned-month", 28, "unassigned-a-month"],
] as const;

/** How much, how fast and when. */
export function volumeSignals(weighing: Weighing, person: PersonActivity, peers: Peers, found: Signal[]): void {
  const { rules, opening, role, widened } = weighing;
  const { behaviour } = rules;
  const { atMs } = opening;
  const ceilings = personCeilingsOf(rules, role);
  const inMinute = person.newWithinMinute(atMs);
  if (inMinute >= behaviour.speed.customersAMinute * widened) plain(found, rules, "speed", ` (${inMinute})`);
  const inHour = person.hour.count(atMs);
  const ceiling = ceilings.customersAnHour * widened;
  if (inHour > ceiling) plain(found, rules, "over-hour-ceiling", ` (${inHour}; ${ceiling} at most)`);
  if (inHour > ceiling * behaviour["far-over-hour-ceiling"].times) plain(found, rules, "far-over-hour-ceiling");
  const inDay = person.customersToday();
  if (inDay > ceilings.customersADay * widened)
    plain(found, rules, "over-day-ceiling", ` (${inDay}; ${ceilings.customersADay * widened} at most)`);
  const own = behaviour["over-own-habit"];
  const { days } = person;
  if (
    inDay >= own.customers * widened &&
    days.count >= own.daysMin &&
    inDay > own.times * widened * days.usualCustomers
  )
    plain(found, rules, "over-own-habit", ` (${inDay}; usually ${days.usualCustomers} at most)`);
  const others = behaviour["over-peers"];
  if (inDay >= others.customers * widened) {
    const usual = peers.usual(role, "customers-a-day", person.today);
    if (usual !== null && inDay > others.times * widened * usual)
      plain(found, rules, "over-peers", ` (${inDay}; 95 of 100 days ${usual} at most)`);
  }
  if (opening.workUnitId !== null) {
    const from = person.customersFrom(opening.workUnitId, atMs);
    if (from >= behaviour["many-from-one-work"].customers) plain(found, rules, "many-from-one-work", ` (${from})`);
  }
}

/** Against the person's own past. */
export function habitSignals({ rules, opening, widened }: Weighing, person: PersonActivity, found: Signal[]): void {
  const { days, today } = person;
  const inHand = isInHand(opening.tie);
  const odd = rules.behaviour["odd-hours"];
  if (widened === 1 && days.count >= odd.daysMin && days.shareAt(hourOf(opening.atMs)) < odd.shareMax)
    add(found, odd, { code: "odd-hours", points: inHand ? odd.inHand : odd.points, detail: "" });
  const { dormant } = rules.behaviour;
  const away = days.last === null ? 0 : today - days.last;
  if (away >= dormant.days)
    add(found, dormant, {
      code: "dormant",
      points: inHand ? dormant.inHand : dormant.points,
      detail: ` (${away} days)`,
    });
}

/** Ids that were guessed. */
export function refusedSignals({ rules, opening }: Weighing, person: PersonActivity, found: Signal[]): void {
  const refused = person.refused.count(opening.atMs);
  const { enumeration, "mass-enumeration": mass } = rules.behaviour;
  if (refused >= enumeration.ids) plain(found, rules, "enumeration", ` (${refused})`);
  if (refused >= mass.ids) plain(found, rules, "mass-enumeration");
}

export function machineSignals(
  { rules, role, opening, widened }: Weighing,
  machine: MachineActivity,
  found: Signal[],
): void {
  const { customersAnHour, customersADay, refusedAnHour } = machineCeilingsOf(rules, role);
  const inHour = machine.customersThisHour();
  const inDay = machine.customersToday();
  if (inHour > customersAnHour * widened)
    plain(found, rules, "machine-over-ceiling", ` (${inHour} this hour; ${customersAnHour * widened} at most)`);
  else if (inDay > customersADay * widened)
    plain(found, rules, "machine-over-ceiling", ` (${inDay} today; ${customersADay * widened} at most)`);
  const refused = machine.refused.count(opening.atMs);
  if (refused > refusedAnHour) plain(found, rules, "machine-enumeration", ` (${refused}; ${refusedAnHour} at most)`);
}

function plain(found: Signal[], rules: WatchRules, code: keyof WatchRules["behaviour"], detail = ""): void {
  const rule = rules.behaviour[code];
  add(found, rule, { code, points: rule.points, detail });
}

/** A rule without points is none. */
function add(found: Signal[], rule: { readonly says: string }, signal: Omit<Signal, "says">): void {
  if (signal.points > 0) found.push({ ...signal, says: rule.says });
}

function durationOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
