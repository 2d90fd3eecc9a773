// The templates of letters: YAML that a compliance officer edits, in every language, checked at start.
import { basename, join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { MailError } from "./errors.ts";
import { type Language, LANGUAGES, type LetterName, LETTERS } from "./letter.ts";
import { isInstant } from "./spelt.ts";

const words = strictYaml({ subject: z.string().min(1).max(150), text: z.string().min(1).max(4000) });
const schema = strictYaml({
  version: z.literal(1),
  why: z.string().min(1),
  values: z.array(z.string().regex(/^[a-z][a-z-]{0,30}$/)).max(10),
  languages: strictYaml({ en: words, es: words, de: words }),
});
export type Template = z.infer<typeof schema>;

export interface Rendered {
  readonly subject: string;
  readonly text: string;
}
export type Templates = Readonly<Record<LetterName, Template>>;

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const VALUE_MAX = 200;

/** Throws MailError `bad-governance`, one fault a line. */
export function loadTemplates(folder: string): Templates {
  return Object.fromEntries(LETTERS.map((name) => [name, loadTemplate(folder, name)])) as unknown as Templates;
}

/** One template of `governance/templates/`. Throws MailError `bad-governance`. */
export function loadTemplate(folder: string, name: string): Template {
  const shownAs = `governance/templates/${basename(folder)}/${name}.yaml`;
  const read = readGovernedYaml(join(folder, `${name}.yaml`), shownAs, schema);
  if (!read.ok) throw new MailError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const faults = LANGUAGES.flatMap((language) => {
    const { subject, text } = content.languages[language];
    const used = new Set([...`${subject}${text}`.matchAll(PLACEHOLDER)].map(([, value = ""]) => value));
    const same = used.size === content.values.length && content.values.every((value) => used.has(value));
    return same ? [] : [faultAt(["languages", language], "must use each of the values, and no others")];
  });
  if (faults.length > 0) throw new MailError("bad-governance", faults.join("\n"));
  return content;
}

/** Throws MailError `bad-values`, also for a moment that nobody spelt. */
export function render(
  template: Template,
  language: Language,
  values: Readonly<Record<string, string>>,
  valueMax = VALUE_MAX,
): Rendered {
  const given = Object.entries(values);
  const fits =
    given.length === template.values.length &&
    given.every(
      ([name, value]) =>
        template.values.includes(name) && value.length <= valueMax && !/\p{Cc}/u.test(value) && !isInstant(value),
    );
  if (!fits) throw new MailError("bad-values");
  const fill = (text: string): string => text.replaceAll(PLACEHOLDER, (_, name: string) => values[name] ?? "");
  const { subject, text } = template.languages[language];
  return { subject: fill(subject), text: fill(text) };
}
