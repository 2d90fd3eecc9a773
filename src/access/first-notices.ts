// Which team a first notice of loss becomes the work of: governance/access/first-notices.yaml.
import { join } from "node:path";
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { LINES, type LineOfBusiness } from "../kernel/vocabulary.ts";
import { readGovernanceFile } from "./governance-file.ts";

const schema = strictYaml({
  version: z.literal(1),
  teams: z
    .array(
      strictYaml({
        team: z.string().min(1).max(120),
        lines: z.union([z.literal("any"), z.array(z.enum(LINES)).min(1)]),
      }),
    )
    .min(1),
});

/** The team's name; null where no team takes notices of this line. */
export type FirstNoticeTeam = (line: LineOfBusiness) => string | null;

/** Throws AccessError `bad-governance`, naming file and line. */
export function loadFirstNotices(folder: string): FirstNoticeTeam {
  const { teams } = readGovernanceFile(join(folder, "first-notices.yaml"), schema).content;
  return (line) => teams.find(({ lines }) => lines === "any" || lines.includes(line))?.team ?? null;
}
