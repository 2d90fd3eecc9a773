// What a recipient may be given, for what and how long: a contract, or the mandate of a public authority.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { TOKEN_STYLES } from "../tokens/tokens.ts";
import { DATA_CLASSES, LINES, PURPOSES } from "../kernel/vocabulary.ts";

export const CONTRACT_KINDS = [
  "treaty",
  "business-associate",
  "processor",
  "service",
  "data-sharing",
  "mandate",
] as const;

const terms = {
  kind: z.enum(CONTRACT_KINDS),
  reference: z.string().min(1).max(200),
  purposes: z.array(z.enum(PURPOSES)).min(1),
  classes: z.array(z.enum(DATA_CLASSES)).min(1),
  /** Field paths; null for all of the classes. */
  fields: z.array(z.string().max(81)).max(200).nullable(),
  /** Null for all lines of business. */
  lines: z.array(z.enum(LINES)).nullable(),
  /** Where it may be held and used: ISO 3166-1 or -2. */
  jurisdictions: z.array(z.string().max(6)).min(1).max(60),
  /** What makes a transfer abroad lawful (GDPR Art. 45-49), where it is one. */
  transferBasis: z.enum(["none-needed", "adequacy", "standard-clauses", "binding-rules", "derogation"]),
  /** What stands in place of values where tokens are sent. */
  tokens: z.enum(TOKEN_STYLES),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
};
const termsSchema = z.strictObject(terms);
export type ContractTerms = z.infer<typeof termsSchema>;

const content = z.strictObject({
  ...terms,
  requestedBy: z.uuid(),
  requestedAt: z.iso.datetime(),
  approvedBy: z.uuid().nullable(),
  approvedAt: z.iso.datetime().nullable(),
});
export type ContractContent = z.infer<typeof content>;

export const CONTRACT: RowType<ContractContent> = { kind: "recipient-contract", content };
export type ContractRow = Row<ContractContent>;

export function isInForce({ endsAt, content: held }: Pick<ContractRow, "endsAt" | "content">, now: Date): boolean {
  return held.approvedBy !== null && new Date(held.startsAt) <= now && (endsAt === null || now < endsAt);
}
