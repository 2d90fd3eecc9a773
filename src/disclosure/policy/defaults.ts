// What is cited when no policy says anything, from defaults.yaml.
import { z } from "zod";
import type { PolicyFile } from "./policy-files.ts";
import type { Family } from "./rule.ts";
import { parseYaml } from "./yaml-data.ts";

const rule = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(10),
  citation: z.string().min(5),
  confirmed: z.enum(["none", "secondary", "text", "design"]),
});
const defaultsFile = z.strictObject({ version: z.literal(1), show: rule, send: rule });

export type DefaultRule = z.infer<typeof rule>;
export type Defaults = Readonly<Record<Family, DefaultRule>>;

export function readDefaults(file: PolicyFile): Defaults {
  const { show, send } = parseYaml(file, defaultsFile).content;
  return { show, send };
}
