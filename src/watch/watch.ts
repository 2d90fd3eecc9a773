// The watch: weighs looks for the gate, keeps the review queue, and follows the ledger for what nobody may be seen to notice.
import type { Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { listCanaries, markCanary, unmarkCanary } from "./canaries.ts";
import {
  approveCatastrophe,
  type CatastropheRequest,
  type CatastropheView,
  endCatastrophe,
  listCatastrophes,
  requestCatastrophe,
} from "./catastrophes.ts";
import type { RaisedAlert, WatchContext } from "./context.ts";
import { createFollower } from "./follow.ts";
import { createInForce } from "./in-force.ts";
import { createKinMemory } from "./kin.ts";
import { createRecall } from "./recall.ts";
import {
  type AlertPage,
  type AlertView,
  decideAlert,
  type DecisionDraft,
  listAlerts,
  showAlert,
} from "./review-alerts.ts";
import type { Canary, StaffProfile } from "./rows.ts";
import { loadWatchRules, type WatchRules } from "./rules.ts";
import { createScorer } from "./scorer.ts";
import { type DirectoryEntry, noteDirectoryEntry, setStaffProfile } from "./staff-profile.ts";
import { type Look, type Weighed, weighLooks, type Weighing } from "./weigh-looks.ts";

export type { AlertView, CatastropheView, Canary, RaisedAlert, StaffProfile, WatchRules };

/** Writes check the actor's right and are ledger entries, refused ones too; all throw AccessError and WatchError. The caller checks the rights of reads. */
export interface WatchDomain {
  readonly rules: WatchRules;
  weigh(asker: Authenticated, looks: readonly Look[]): Weighed | null | Promise<Weighed | null>;
  searchedByName(asker: Authenticated): void;
  alerts: {
    list(page: Parameters<typeof listAlerts>[1]): Promise<AlertPage>;
    show(alertId: Uuid): Promise<AlertView>;
    decide(draft: DecisionDraft, actor: Actor, also?: AlsoWrite): Promise<AlertView>;
  };
  canaries: {
    mark(asked: { readonly customerId: Uuid; readonly note: string }, actor: Actor, also?: AlsoWrite): Promise<void>;
    unmark(customerId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
    list(): Promise<readonly Canary[]>;
  };
  catastrophes: {
    request(asked: CatastropheRequest, actor: Actor, also?: AlsoWrite): Promise<CatastropheView>;
    approve(catastropheId: Uuid, actor: Actor, also?: AlsoWrite): Promise<CatastropheView>;
    end(catastropheId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
    list(): Promise<readonly CatastropheView[]>;
  };
  setProfile(
    asked: { readonly principalId: Uuid; readonly profile: StaffProfile },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<void>;
  /** Of somebody whom a directory made, renamed or moved. */
  noteDirectoryEntry(entry: DirectoryEntry, actor: Actor): Promise<void>;
  /** To be called again and again: reads what is in force, and on in the ledger. */
  look(signal: AbortSignal): Promise<void>;
  /** Waits for what is under way behind answers. */
  settled(): Promise<void>;
}

export interface WatchOptions extends Omit<WatchContext, "rules"> {
  /** governance/watch: rules.yaml. */
  readonly governanceFolder: string;
  /** Other server processes write to the same ledger. */
  readonly isShared: boolean;
  /** Null for whoever is no member of staff. */
  readonly roleOf: (principalId: Uuid) => Promise<Role | null>;
}

/** Throws WatchError "bad-governance". Nothing is in force before the first `look`. */
export function openWatch(options: WatchOptions): WatchDomain {
  const { governanceFolder, isShared, roleOf, ...rest } = options;
  const context: WatchContext = { ...rest, rules: loadWatchRules(governanceFolder) };
  const scorer = createScorer(context.rules);
  const kin = createKinMemory(context);
  const inForce = createInForce(context);
  const follower = createFollower({ context, scorer, inForce, isShared, roleOf });
  const under = new Set<Promise<unknown>>();
  const behind = (work: Promise<unknown>): void => {
    const watched = work.catch(context.onFailure).finally(() => under.delete(watched));
    under.add(watched);
  };
  const weighing: Weighing = { context, scorer, kin, inForce, recall: createRecall(context, scorer), behind };
  return {
    rules: context.rules,
    weigh: (asker, looks) => weighLooks(weighing, asker, looks),
    searchedByName: ({ principalId, role, kind }) => {
      if (kind === "staff")
        scorer.noteNameSearch({ principalId, role, isMachine: false }, context.clock.now().getTime());
    },
    alerts: {
      list: (page) => listAlerts(context, page),
      show: (alertId) => showAlert(context, alertId),
      decide: (draft, actor, also) => decideAlert(context, draft, actor, also),
    },
    canaries: {
      mark: (asked, actor, also) => markCanary(context, asked, actor, also),
      unmark: (customerId, actor, also) => unmarkCanary(context, customerId, actor, also),
      list: () => listCanaries(context),
    },
    catastrophes: {
      request: (asked, actor, also) => requestCatastrophe(context, asked, actor, also),
      approve: (id, actor, also) => approveCatastrophe(context, id, actor, also),
      end: (id, actor, also) => endCatastrophe(context, id, actor, also),
      list: () => listCatastrophes(context),
    },
    setProfile: async (asked, actor, also) => {
      await setStaffProfile(context, asked, actor, also);
      kin.forget(asked.principalId);
    },
    noteDirectoryEntry: async (entry, actor) => {
      if (await noteDirectoryEntry(context, entry, actor)) kin.forget(entry.principalId);
    },
    look: (signal) => follower.look(signal),
    settled: async () => void (await Promise.all(under)),
  };
}
