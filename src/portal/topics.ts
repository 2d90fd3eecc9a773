// What customers are told we hold, in plain words: governance/portal/topics.yaml.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { DATA_CLASSES, type DataClass } from "../kernel/vocabulary.ts";
import type { Registry } from "../vault/vault.ts";
import { PortalError } from "./errors.ts";

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const schema = strictYaml({
  version: z.literal(1),
  topics: z.array(strictYaml({ class: z.enum(DATA_CLASSES), title: words, text: words })),
  records: z.record(z.string(), words),
});
export type Topics = z.infer<typeof schema>;

/** INVARIANT: never a topic, so that neither its words nor the time an answer takes tell whether there is any. */
const NEVER_SHOWN: ReadonlySet<DataClass> = new Set(["investigation"]);
const FILE = "topics.yaml";

/** Throws PortalError `bad-governance`, one fault a line. */
export function loadTopics(folder: string, registry: Pick<Registry, "recordType">): Topics {
  const read = readGovernedYaml(join(folder, FILE), `governance/portal/${FILE}`, schema);
  if (!read.ok) throw new PortalError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const classes = content.topics.map((topic) => topic.class);
  const faults = [
    ...classes.flatMap((name, at) =>
      NEVER_SHOWN.has(name) || classes.indexOf(name) !== at
        ? [faultAt(["topics", at, "class"], "stands here twice, or is never shown to customers")]
        : [],
    ),
    ...DATA_CLASSES.filter((name) => !NEVER_SHOWN.has(name) && !classes.includes(name)).map((name) =>
      faultAt(["topics"], `says nothing of the class ${name}`),
    ),
    ...Object.keys(content.records).flatMap((name) =>
      registry.recordType(name) === null ? [faultAt(["records", name], "is no record type of the schema")] : [],
    ),
  ];
  if (faults.length > 0) throw new PortalError("bad-governance", faults.join("\n"));
  return content;
}
