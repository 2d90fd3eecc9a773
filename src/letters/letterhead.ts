// How letters look and under which law each goes: governance/templates/letters, checked at start.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import {
  type Language,
  LANGUAGES,
  loadTemplate,
  render,
  type Rendered,
  speltDay,
  type Template,
} from "../mail/mail.ts";
import { LettersError } from "./errors.ts";
import { LAYOUTS, type LayoutName } from "./layouts.ts";
import { LETTER_KINDS, type LetterKind } from "./letter-row.ts";
import { typefaceFor } from "./typefaces.ts";

const kind = strictYaml({
  citation: z.string().min(1).max(200),
  confirmed: z.enum(["none", "secondary", "text"]),
  demandedByLaw: z.boolean(),
});
const schema = strictYaml({
  version: z.literal(1),
  layout: z.enum(Object.keys(LAYOUTS) as [LayoutName, ...LayoutName[]]),
  sender: z.string().min(1).max(100),
  kinds: strictYaml(Object.fromEntries(LETTER_KINDS.map((name) => [name, kind])) as Record<LetterKind, typeof kind>),
});

export interface Letterhead extends z.infer<typeof schema> {
  readonly templates: Readonly<Record<LetterKind, Template>>;
}

const FILE = "letterhead";
/** A notice's whole text is a value. */
const VALUE_MAX = 4000;

/** Throws LettersError or MailError `bad-governance`, one fault a line. */
export function loadLetterhead(folder: string): Letterhead {
  const read = readGovernedYaml(join(folder, `${FILE}.yaml`), `governance/templates/letters/${FILE}.yaml`, schema);
  if (!read.ok) throw new LettersError("bad-governance", read.faults.join("\n"));
  const templates = Object.fromEntries(LETTER_KINDS.map((name) => [name, loadTemplate(folder, name)])) as Record<
    LetterKind,
    Template
  >;
  const texts = Object.entries(templates).flatMap(([name, { languages }]) =>
    LANGUAGES.map((language) => [name, `${languages[language].subject}${languages[language].text}`] as const),
  );
  const faults = [["letterhead", read.file.content.sender] as const, ...texts].filter(
    ([, text]) => typefaceFor([text.replaceAll("\n", " ")]) === null,
  );
  if (faults.length > 0)
    throw new LettersError(
      "bad-governance",
      faults
        .map(([name]) => `governance/templates/letters/${name}.yaml: holds characters that paper's typeface has not`)
        .join("\n"),
    );
  return { ...read.file.content, templates };
}

/** Throws MailError `bad-values`. Days among the values are spelt as the language does. */
export function wordsOf(
  { templates }: Letterhead,
  {
    kind: name,
    language,
    values,
  }: {
    readonly kind: LetterKind;
    readonly language: Language;
    readonly values: Readonly<Record<string, string>>;
  },
): Rendered {
  const spelt = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, speltDay(value, language)]));
  return render(templates[name], language, spelt, VALUE_MAX);
}

/** A blank line begins a paragraph; other line ends are the file's own. */
export function paragraphsOf(text: string): readonly string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " "));
}
