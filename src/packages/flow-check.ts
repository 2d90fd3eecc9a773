// What has to hold before a flow is run: what a machine can see, as a check of its own; what only a person can, as something they put their name to.
import { z } from "zod";
import { CONTRACT_KINDS } from "../recipients/recipients.ts";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { DATA_CLASSES, PURPOSES } from "../kernel/vocabulary.ts";

const code = z.string().regex(/^[a-z0-9-]{1,64}$/);
const path = z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/);
const citation = z.string().min(1).max(200).optional();

export const flowCheck = z.discriminatedUnion("check", [
  /** Of one of these kinds, and for the flow's purpose. */
  strictYaml({ check: z.literal("contract-in-force"), kinds: z.array(z.enum(CONTRACT_KINDS)).min(1), citation }),
  /** All that the flow names is listed by one contract: what is not leaves the flow unrun rather than a package with holes. */
  strictYaml({ check: z.literal("fields-of-contract"), citation }),
  strictYaml({ check: z.literal("contract-excludes"), purposes: z.array(z.enum(PURPOSES)).min(1), citation }),
  /** Where the recipient is, the contract lets it be used. */
  strictYaml({ check: z.literal("jurisdiction-of-contract"), citation }),
  /** Not even where a contract lists them, but on the word that `unless` names. */
  strictYaml({
    check: z.literal("no-classes"),
    classes: z.array(z.enum(DATA_CLASSES)).min(1),
    unless: code.optional(),
    citation,
  }),
  strictYaml({ check: z.literal("only-purpose"), purpose: z.enum(PURPOSES), citation }),
  /** Of each customer, for the purpose and the recipient. */
  strictYaml({ check: z.literal("authorization-in-force"), citation }),
  /** Each customer by one unit of this kind, which is open: now, and when it is picked up. */
  strictYaml({
    check: z.literal("one-unit"),
    kind: z.enum(["policy", "claim", "application"]),
    isOpen: z.boolean(),
    citation,
  }),
  /** In nobody's book of business, with its customer or by itself: whoever served it before is cut off here. */
  strictYaml({ check: z.literal("in-no-book"), citation }),
  /** What lies further back is left out; what has no date as well. */
  strictYaml({ check: z.literal("age-off"), field: path, years: z.int().min(1).max(50), citation }),
  strictYaml({ check: z.literal("least-group"), people: z.int().min(2).max(1000), citation }),
  /** What no machine knows: said by whoever runs it, kept with the package. */
  strictYaml({
    check: z.literal("attested"),
    attest: code,
    text: z.string().min(10).max(300),
    /** What has to be named: a number or date of the paper, or a document on file for each customer. */
    needs: z.enum(["nothing", "reference", "document"]),
    citation,
  }),
]);
export type FlowCheck = z.infer<typeof flowCheck>;
export type AttestedCheck = Extract<FlowCheck, { readonly check: "attested" }>;

/** What has to be so, as it is told before, and to whoever is refused. */
export function sayCheck(check: FlowCheck): string {
  switch (check.check) {
    case "contract-in-force":
      return `a contract of this recipient for the flow's purpose is in force: ${check.kinds.join(" or ")}`;
    case "fields-of-contract":
      return "everything that the flow sends is listed by one contract in force";
    case "contract-excludes":
      return `no contract in force lets the recipient use it for ${check.purposes.join(", ")}`;
    case "jurisdiction-of-contract":
      return "the contract covers the jurisdictions of the recipient and of its subcontractors";
    case "no-classes":
      return `nothing of ${check.classes.join(", ")} is sent${check.unless === undefined ? "" : `, unless ${check.unless} is attested`}`;
    case "only-purpose":
      return `it is sent for ${check.purpose} alone`;
    case "authorization-in-force":
      return "an authorization of each customer is in force for this purpose and recipient: capture one, or have one renewed";
    case "one-unit":
      return `each customer is named with one ${check.kind} of theirs${check.isOpen ? ", which is open" : ""}`;
    case "in-no-book":
      return "it is in no agent's or broker's book any more: end the former producer's assignments first";
    case "age-off":
      return `nothing is sent whose ${check.field} lies more than ${check.years} years back, or is not known`;
    case "least-group":
      return `no group of fewer than ${check.people} people is told`;
    case "attested":
      return `${check.text} (attest ${check.attest}${NEEDED[check.needs]})`;
  }
}

const NEEDED = {
  nothing: "",
  reference:
    ", with a reference; where that is the id of an authorization, it is one of each customer in force for this",
  document: ", naming the document on file for each customer",
} as const;

/** What it is about, without its words. */
export function aboutCheck(check: FlowCheck) {
  if (check.check === "attested") return {};
  const { check: _name, citation: _source, ...about } = check;
  return about;
}
