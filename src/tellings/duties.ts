// By when somebody is to be told, and by what duty: governance/sharing/tellings.yaml, checked at start.
import { join } from "node:path";
import { z } from "zod";
import type { Period } from "../clocks/clocks.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { LANGUAGES } from "../mail/mail.ts";
import { TellingsError } from "./errors.ts";
import { TOLD_OF, type ToldOf } from "./telling-row.ts";

const UNITS = ["hours", "days", "business-days", "months"] as const satisfies readonly Period["unit"][];

const duty = strictYaml({
  duty: z.string().regex(/^[a-z0-9-]{3,40}$/),
  of: z.array(z.enum(TOLD_OF)).min(1),
  rules: z.array(z.string().max(60)).min(1),
  citation: z.string().min(1).max(200),
  confirmed: z.enum(["none", "secondary", "text"]),
  within: strictYaml({ value: z.int().min(1).max(400), unit: z.enum(UNITS) }),
  basis: z.enum(["law", "house"]),
  says: z.string().min(1).max(60).nullable(),
});
export type Duty = z.infer<typeof duty>;

const schema = strictYaml({
  version: z.literal(1),
  language: z.enum(LANGUAGES),
  place: strictYaml({ country: z.string().regex(/^[A-Z]{2}$/), state: z.string().max(3).nullable() }),
  duties: z.array(duty).min(1).max(40),
});
export type TellingRules = z.infer<typeof schema>;

const FILE = "tellings.yaml";

/** Throws TellingsError `bad-governance`, one fault a line. INVARIANT: for whatever is told of, some duty fits. */
export function loadTellingRules(folder: string): TellingRules {
  const read = readGovernedYaml(join(folder, FILE), `governance/sharing/${FILE}`, schema);
  if (!read.ok) throw new TellingsError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const lacking = TOLD_OF.filter((of) => !content.duties.some((one) => one.of.includes(of) && one.rules.includes("")));
  if (lacking.length > 0)
    throw new TellingsError(
      "bad-governance",
      faultAt(["duties"], `a last duty, with the rule "", for ${lacking.join(", ")}`),
    );
  return content;
}

/** `ruleId`: of the law that governs the request; empty where there is none. */
export function dutyFor({ duties }: TellingRules, of: ToldOf, ruleId: string): Duty {
  const found = duties.find((one) => one.of.includes(of) && one.rules.some((prefix) => ruleId.startsWith(prefix)));
  if (found === undefined) throw new TellingsError("bad-governance");
  return found;
}
