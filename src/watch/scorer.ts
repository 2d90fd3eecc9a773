// Weighs each opening against who the customer is to the asker and what the asker did before. Everything it knows is counts and ids in memory.
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { MachineActivity } from "./machine-activity.ts";
import { type Asker, type Opening, ORDINARY, type Signal, type Verdict } from "./opening.ts";
import { Peers } from "./peers.ts";
import { PersonActivity } from "./person-activity.ts";
import type { WatchRules } from "./rules.ts";
import {
  habitSignals,
  isInHand,
  machineSignals,
  refusedSignals,
  relationSignals,
  untiedSignals,
  volumeSignals,
  type Weighing,
} from "./signals.ts";
import type { WorkingDay } from "./working-days.ts";

const PRINCIPALS_MAX = 200_000;

export interface Scorer {
  /** Counts the opening and says what is odd about it. INVARIANT: weighing the same opening twice counts it once. */
  weigh(asker: Asker, opening: Opening, widened?: number): Verdict;
  /** Counts what happened elsewhere, or before this process started. */
  note(asker: Asker, opening: Pick<Opening, "atMs" | "customerId" | "tie" | "refused">): void;
  noteNameSearch(asker: Asker, atMs: number): void;
  /** A day that was over before this process started. */
  restoreDay(asker: Asker, day: WorkingDay): void;
  /** After days were restored: what is usual is worked out anew. */
  settle(): void;
}

export function createScorer(rules: WatchRules): Scorer {
  const people = new Map<Uuid, PersonActivity>();
  const machines = new Map<Uuid, MachineActivity>();
  const peers = new Peers();
  const personOf = (id: Uuid): PersonActivity => known(people, id, () => new PersonActivity(rules.dayStartsAtHourUtc));
  const machineOf = (id: Uuid): MachineActivity => known(machines, id, () => new MachineActivity());
  const notePerson = (
    role: Role,
    person: PersonActivity,
    opening: Pick<Opening, "atMs" | "customerId" | "tie" | "refused">,
    isReading = false,
  ): void => {
    const ended = person.note({ workUnitId: null, ...opening, isRead: isReading });
    if (ended !== null) addToPeers(peers, role, person, ended);
  };
  return {
    weigh({ principalId, role, isMachine }, opening, widened = 1) {
      const weighing: Weighing = { rules, role, opening, widened };
      const found: Signal[] = [];
      if (isMachine) {
        const machine = machineOf(principalId);
        machine.note(opening.atMs, opening.customerId, opening.refused);
        machineSignals(weighing, machine, found);
      } else {
        const person = personOf(principalId);
        notePerson(role, person, opening, isRead(opening));
        if (widened > 1) person.makeExceptional();
        personSignals(weighing, person, peers, found);
      }
      return found.length === 0 ? ORDINARY : verdictOf(rules, opening, found);
    },
    note({ principalId, role, isMachine }, opening) {
      if (isMachine) machineOf(principalId).note(opening.atMs, opening.customerId, opening.refused);
      else notePerson(role, personOf(principalId), opening);
    },
    noteNameSearch({ principalId, isMachine }, atMs) {
      if (isMachine) return;
      const person = personOf(principalId);
      person.nameSearchMs = Math.max(person.nameSearchMs, atMs);
    },
    restoreDay({ principalId, role }, day) {
      const person = personOf(principalId);
      person.days.add(day);
      addToPeers(peers, role, person, day);
    },
    settle: () => peers.forgetKnown(),
  };
}

/** The list of one's own work shows a line of each, masked, at once: nobody reads it as fast, and nobody hurries. */
function isRead({ isClear, tie }: Opening): boolean {
  return isClear || !isInHand(tie);
}

function personSignals(weighing: Weighing, person: PersonActivity, peers: Peers, found: Signal[]): void {
  relationSignals(weighing, found);
  if (!isInHand(weighing.opening.tie)) untiedSignals(weighing, person, peers, found);
  volumeSignals(weighing, person, peers, found);
  habitSignals(weighing, person, found);
  if (weighing.opening.refused) refusedSignals(weighing, person, found);
}

/** Weeks and months are those that end with the day. */
function addToPeers(
  peers: Peers,
  role: Role,
  { days }: PersonActivity,
  { day, customers, isExceptional }: WorkingDay,
): void {
  if (!isExceptional) peers.add(role, "customers-a-day", day, customers);
  peers.add(role, "unassigned-a-week", day, days.unassignedSince(day - 6));
  peers.add(role, "unassigned-a-month", day, days.unassignedSince(day - 27));
}

function verdictOf({ outcomes }: WatchRules, { refused }: Opening, found: Signal[]): Verdict {
  const signals = found.toSorted((one, other) => other.points - one.points);
  const points = signals.reduce((sum, signal) => sum + signal.points, 0);
  // What is refused already needs no question.
  return {
    outcome: refused ? "allow" : outcomeOf(outcomes, points),
    points,
    signals,
    isAlert: points >= outcomes.alert,
  };
}

function outcomeOf(outcomes: WatchRules["outcomes"], points: number): Verdict["outcome"] {
  for (const outcome of ["hold", "second-person", "step-up", "ask-reason"] as const)
    if (points >= outcomes[outcome]) return outcome;
  return "allow";
}

/** Whoever was seen last is kept: a principal more than the greatest number takes the place of the one longest known. */
function known<Activity>(all: Map<Uuid, Activity>, id: Uuid, make: () => Activity): Activity {
  const found = all.get(id);
  if (found !== undefined) return found;
  if (all.size >= PRINCIPALS_MAX)
    for (const oldest of all.keys()) {
      all.delete(oldest);
      break;
    }
  const made = make();
  all.set(id, made);
  return made;
}
