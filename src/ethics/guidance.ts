// What helps with which dilemma: governance/ethics/guidance.yaml, each with its source and how well that was confirmed.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { DILEMMA_KINDS } from "./dilemma-row.ts";
import { EthicsError } from "./errors.ts";

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const guidance = strictYaml({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  kinds: z.array(z.enum(DILEMMA_KINDS)).min(1),
  citation: z.string().min(1),
  confirmed: z.enum(["none", "secondary", "text"]),
  text: words,
});
const schema = strictYaml({ version: z.literal(1), guidance: z.array(guidance).min(1) });
export type Guidance = z.infer<typeof guidance>;

const FILE = "guidance.yaml";

/** Throws EthicsError `bad-governance`, one fault a line. */
export function loadGuidance(folder: string): readonly Guidance[] {
  const read = readGovernedYaml(join(folder, FILE), `governance/ethics/${FILE}`, schema);
  if (!read.ok) throw new EthicsError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const ids = content.guidance.map((one) => one.id);
  const faults = ids.flatMap((id, at) =>
    ids.indexOf(id) === at ? [] : [faultAt(["guidance", at, "id"], "stands here twice")],
  );
  if (faults.length > 0) throw new EthicsError("bad-governance", faults.join("\n"));
  return content.guidance;
}
