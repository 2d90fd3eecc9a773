// What a document says of a list and of each line, in words: 45 CFR 164.528(b)(2) asks for when, to whom, what and why.
import type { Uuid } from "../kernel/bytes.ts";
import type { Because, Fitting } from "./choose-law.ts";
import type { AccountingContext } from "./context.ts";
import type { LineField, Told } from "./line.ts";
import type { Law } from "./rules.ts";
import { whoLooked, type Who } from "./who-looked.ts";
import { AROUND, type Language } from "./words.ts";

export interface DocumentHead {
  readonly law: Law | "timeline";
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  readonly citation: string | null;
  readonly because: Because | null;
  readonly customerId: Uuid;
  readonly madeAt: string;
  /** Null: as far back as there is anything. */
  readonly from: string | null;
}

export interface PrintedLine {
  readonly entryId: Uuid;
  /** Its place in the public log. */
  readonly index: number;
  readonly at: string;
  readonly outcome: string;
  readonly who: Who;
  readonly recipientType: string | null;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly fields: readonly LineField[];
  /** In words. */
  readonly by: string;
  /** Null: nobody outside. */
  readonly whom: string | null;
  readonly why: string;
  readonly what: readonly string[];
}

/** What every form prints. */
export interface Printing {
  readonly head: DocumentHead;
  readonly lines: AsyncIterable<PrintedLine>;
}

interface Of {
  readonly customerId: Uuid;
  readonly language: Language;
}

export function headOf(
  { clock }: AccountingContext,
  { customerId, language, chosen, from }: Of & { readonly chosen: Fitting | null; readonly from: Date | null },
): DocumentHead {
  const words = AROUND[language];
  const law = chosen?.rules ?? null;
  return {
    law: law?.law ?? "timeline",
    language,
    title: law?.title[language] ?? words.timeline,
    text: law?.text[language] ?? words.timelineText,
    citation: law?.citation ?? null,
    because: chosen?.because ?? null,
    customerId,
    madeAt: clock.now().toISOString(),
    from: from?.toISOString() ?? null,
  };
}

export async function lineOf(context: AccountingContext, told: Told, of: Of): Promise<PrintedLine> {
  const { entry, facts } = told;
  const { purpose, basis, outcome, index, entryId } = entry;
  const who = await whoLooked(context, told, of.customerId);
  return {
    entryId,
    index,
    at: new Date(entry.at * 1000).toISOString(),
    outcome,
    who,
    recipientType: facts.recipientType,
    purpose,
    basis,
    fields: facts.fields,
    by: byWords(context, who, of.language),
    whom: await whomWords(context, { told, who }, of.language),
    why: purpose === null ? "" : (context.words.purposes[purpose]?.[of.language] ?? purpose),
    what: whatWords(context, told, of.language),
  };
}

function byWords({ rules }: AccountingContext, { kind, role, name }: Who, language: Language): string {
  const words = AROUND[language];
  if (kind === "self") return words.self;
  if (kind === "customer") return words.another;
  if (kind === "system") return words.system;
  const called = Object.entries(rules.roles).find(([known]) => known === role)?.[1][language];
  const kindOf = called ?? (kind === "staff" ? words.staff : words.organisation);
  return name === null ? kindOf : `${name} (${kindOf})`;
}

/** By the recipient's name where one is registered and organisations are named; whoever looked for another organisation is to whom it went. */
async function whomWords(
  context: AccountingContext,
  { told: { entry, facts }, who }: { readonly told: Told; readonly who: Who },
  language: Language,
): Promise<string | null> {
  const type = Object.entries(context.words.recipients).find(([name]) => name === facts.recipientType)?.[1];
  const { recipientId } = entry;
  const isNamed = recipientId !== null && context.rules.names.organisations;
  const name = isNamed ? await context.recipientName(recipientId) : null;
  const kind = type?.[language] ?? (recipientId === null ? null : AROUND[language].organisation);
  if (kind !== null) return name === null ? kind : `${name} (${kind})`;
  return who.kind === "organisation" || who.kind === "customer" ? byWords(context, who, language) : null;
}

/** By topic, as customers know them; a topic of which nothing was shown is none. */
function whatWords({ topics, vault }: AccountingContext, { entry, facts }: Told, language: Language): string[] {
  const classes = new Set(facts.fields.map(({ path }) => vault.registry.field(path)?.dataClass));
  const shown = topics.filter((topic) => classes.has(topic.class));
  const named = shown.length > 0 ? shown : topics.filter((topic) => entry.classes.includes(topic.class));
  return named.map(({ title }) => title[language]);
}
