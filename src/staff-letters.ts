// Which letters staff get, from governance/access/staff-letters.yaml: their language, and the roles that are told of alerts.
import { join } from "node:path";
import { z } from "zod";
import { ConfigError } from "./config.ts";
import { readGovernedYaml, strictYaml } from "./kernel/governed-yaml.ts";
import { ROLES } from "./kernel/vocabulary.ts";
import { LANGUAGES } from "./mail/mail.ts";

const roles = z.array(z.enum(ROLES));
const staffLettersFile = strictYaml({
  version: z.literal(1),
  language: z.enum(LANGUAGES),
  overseers: strictYaml({ "emergency-access": roles, "watch-alert": roles, "right-due": roles, "telling-due": roles }),
});
export type StaffLetters = z.output<typeof staffLettersFile>;

/** Reads `staff-letters.yaml` in `folder`. Throws ConfigError, naming file and line. */
export function loadStaffLetters(folder: string): StaffLetters {
  const read = readGovernedYaml(
    join(folder, "staff-letters.yaml"),
    "governance/access/staff-letters.yaml",
    staffLettersFile,
  );
  if (!read.ok) throw new ConfigError(read.faults.join("\n"));
  return read.file.content;
}
