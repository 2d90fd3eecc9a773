// What each kind of process reaches and what is checked before anything is produced: governance/sharing/legal-demands.yaml.
import { join } from "node:path";
import { z } from "zod";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { DATA_CLASSES, LINES, PURPOSES } from "../kernel/vocabulary.ts";
import { DemandError } from "./errors.ts";

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });

const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);

const check = strictYaml({
  id: code,
  citation: z.string().min(1),
  mayNotApply: z.boolean(),
  classes: z.array(z.enum(DATA_CLASSES)).min(1).optional(),
  lines: z.array(z.enum(LINES)).min(1).optional(),
  heldIn: z.array(place).min(1).optional(),
  issuedOutside: z
    .array(z.union([place, z.literal("own")]))
    .min(1)
    .optional(),
  text: words,
});
const kind = strictYaml({
  kind: code,
  citation: z.string().min(1),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text"]),
  entitles: z.boolean(),
  barred: z.array(z.enum(DATA_CLASSES)),
  purposes: z.array(z.enum(PURPOSES)).min(1),
  recipients: z.array(z.enum(RECIPIENTS)).min(1),
  notice: z.enum(["before", "after", "none"]),
  checks: z.array(code).min(1),
  title: words,
});
const delay = strictYaml({
  ground: code,
  citation: z.string().min(1),
  daysMax: z.int().min(1).max(3660),
  text: words,
});
const untold = strictYaml({
  ground: code,
  citation: z.string().min(1),
  kinds: z.array(code).min(1),
  text: words,
});
const schema = strictYaml({
  version: z.literal(1),
  approvals: strictYaml({ persons: z.int().min(2).max(5), days: z.int().min(1).max(366) }),
  checks: z.array(check).min(1),
  kinds: z.array(kind).min(1),
  delays: z.array(delay),
  untold: z.array(untold),
});
export type DemandRules = z.infer<typeof schema>;
export type DemandKind = DemandRules["kinds"][number];
export type DemandCheck = DemandRules["checks"][number];

const FILE = "legal-demands.yaml";

/** Throws DemandError `bad-governance`, one fault a line. */
export function loadDemandRules(folder: string): DemandRules {
  const read = readGovernedYaml(join(folder, FILE), `governance/sharing/${FILE}`, schema);
  if (!read.ok) throw new DemandError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const ids = content.checks.map(({ id }) => id);
  const kinds = content.kinds.map((one) => one.kind);
  const faults = [
    ...content.kinds.flatMap(({ checks }, at) =>
      checks.filter((id) => !ids.includes(id)).map((id) => faultAt(["kinds", at, "checks"], `no check ${id}`)),
    ),
    ...content.untold.flatMap((one, at) =>
      one.kinds
        .filter((name) => !kinds.includes(name))
        .map((name) => faultAt(["untold", at, "kinds"], `no kind ${name}`)),
    ),
    ...ids.flatMap((id, at) => (ids.indexOf(id) === at ? [] : [faultAt(["checks", at, "id"], "stands here twice")])),
    ...kinds.flatMap((name, at) =>
      kinds.indexOf(name) === at ? [] : [faultAt(["kinds", at, "kind"], "stands here twice")],
    ),
  ];
  if (faults.length > 0) throw new DemandError("bad-governance", faults.join("\n"));
  return content;
}
