// What customers say no to: marketing and sharing. Each a flag of theirs, so that the gate knows it at no cost and nothing can take it away unseen.
import { join } from "node:path";
import { z } from "zod";
import { type Access, activeFlags, type AlsoWrite, type Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { newId } from "../kernel/ids.ts";
import type { AuthorityFlag } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { ChoiceError } from "./errors.ts";
import { type ChoiceChange, historyOf } from "./history.ts";

export type { ChoiceChange } from "./history.ts";
export type { ChoiceErrorCode } from "./errors.ts";

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const schema = strictYaml({
  version: z.literal(1),
  choices: z.array(
    strictYaml({
      choice: z.enum(["marketing", "affiliate-sharing", "third-party-sharing"]),
      flag: z.enum(["no-marketing", "no-affiliate-sharing", "no-third-party-sharing"]),
      /** Requests under rights that come to this no, where nothing else is named. */
      onRequest: z.array(z.enum(["objection", "opt-out"])),
      laws: z.array(z.string().min(1)).min(1),
      confidence: z.enum(["high", "medium", "low"]),
      confirmed: z.enum(["none", "secondary", "text"]),
      title: words,
      text: words,
    }),
  ),
});
export type ChoiceRule = z.infer<typeof schema>["choices"][number];

export interface Choice extends ChoiceRule {
  /** When the customer last said no; null where they do not say it. */
  readonly saidNoAt: Date | null;
}

export interface Chosen {
  readonly choice: string;
  readonly saysNo: boolean;
  /** How it reached us; `signal` is a browser's (Global Privacy Control). */
  readonly channel: "portal" | "phone" | "letter" | "signal";
}

export interface ChoicesContext {
  readonly access: Access;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, "accountingOpened">;
  readonly rules: readonly ChoiceRule[];
}

/** Writes throw ChoiceError, AccessError `not-permitted` (recorded), `stale-actor`, `erased`. */
export interface Choices {
  of(customerId: Uuid): Promise<readonly Choice[]>;
  /** Newest first, as the ledger has it. */
  history(customerId: Uuid): Promise<readonly ChoiceChange[]>;
  /** A no said once more is newer than whatever was agreed to meanwhile; what a browser signals at every visit, or a yes said once more, changes nothing but is an entry. */
  set(
    customerId: Uuid,
    chosen: Chosen,
    who: { readonly actor: Authenticated; readonly also?: AlsoWrite },
  ): Promise<void>;
}

const FILE = "choices.yaml";
/** Whoever speaks with customers writes down a no. */
const ONLY_NO = new Set(["csr", "agent"]);

/** Throws ChoiceError `bad-governance`, one fault a line. */
export function loadChoiceRules(folder: string): readonly ChoiceRule[] {
  const read = readGovernedYaml(join(folder, FILE), `governance/sharing/${FILE}`, schema);
  if (!read.ok) throw new ChoiceError("bad-governance", read.faults.join("\n"));
  return read.file.content.choices;
}

export function openChoices(context: ChoicesContext): Choices {
  const { access, clock, rules } = context;
  return {
    of: async (customerId) => {
      const state = (await access.authoritiesOf([customerId])).get(customerId)?.state ?? null;
      const now = clock.now();
      const standing = new Set(state === null ? [] : activeFlags(state, now));
      return rules.map((rule) => ({
        ...rule,
        saidNoAt: standing.has(rule.flag) ? sinceOf(state?.flags ?? [], rule.flag, now) : null,
      }));
    },
    history: (customerId) => historyOf(context, customerId),
    set: (customerId, chosen, who) => set(context, customerId, chosen, who),
  };
}

function sinceOf(flags: readonly AuthorityFlag[], kind: string, now: Date): Date {
  const starts = flags.filter((flag) => flag.kind === kind).map(({ startsAt }) => new Date(startsAt));
  return starts.toSorted((left, right) => left.getTime() - right.getTime())[0] ?? now;
}

async function set(
  { access, clock, rules }: ChoicesContext,
  customerId: Uuid,
  { choice, saysNo, channel }: Chosen,
  { actor, also }: { readonly actor: Authenticated; readonly also?: AlsoWrite },
): Promise<void> {
  const rule = rules.find((one) => one.choice === choice);
  if (rule === undefined) throw new ChoiceError("unknown-choice");
  const isOwn = actor.customerId === customerId ? ({ isOwn: true } as const) : {};
  const targets = [actor.customerId === customerId ? actor.principalId : customerId];
  const attempt = { kind: "choice", action: "choice.set", actor, targets, also, ...isOwn } as const;
  await access.write(attempt, async ({ moveCustomer }) => {
    if (!saysNo && ONLY_NO.has(actor.role)) throw new ChoiceError("only-says-no");
    const now = clock.now().toISOString();
    const moved = await moveCustomer(customerId, (flags) => changed(flags, { kind: rule.flag, saysNo, now, channel }));
    const detail = { choice, saysNo, channel };
    return { result: null, written: [moved], customers: [customerId], detail };
  });
}

interface FlagChange {
  readonly kind: AuthorityFlag["kind"];
  readonly saysNo: boolean;
  readonly now: string;
  readonly channel: Chosen["channel"];
}

/** What was said before and is over makes room; it stands in the ledger. */
function changed(
  flags: readonly AuthorityFlag[],
  { kind, saysNo, now, channel }: FlagChange,
): readonly AuthorityFlag[] {
  const stands = flags.some((flag) => flag.kind === kind && (flag.endsAt === null || flag.endsAt > now));
  if (saysNo && stands && channel === "signal") return flags;
  const others = flags.filter((flag) => flag.kind !== kind);
  return saysNo ? [...others, { id: newId(), kind, startsAt: now, endsAt: null }] : others;
}
