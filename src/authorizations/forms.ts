// What each form of authorization must contain, and how far it may reach: governance/sharing/authorization-forms.yaml.
import { join } from "node:path";
import { z } from "zod";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { DATA_CLASSES, PURPOSES } from "../kernel/vocabulary.ts";
import { AuthorizationError } from "./errors.ts";

const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const FOUND_IN = ["classes", "recipients", "purposes", "expiry", "signature", "authority"] as const;

const element = strictYaml({
  id: code,
  citation: z.string().min(1),
  is: z.enum(FOUND_IN).optional(),
  text: words,
});
const form = strictYaml({
  form: code,
  law: z.string().min(1),
  citation: z.string().min(1),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text"]),
  monthsMax: z.int().min(1).max(120),
  limit: z.enum(["law", "house"]),
  portal: z.boolean(),
  purposes: z.array(z.enum(PURPOSES)).min(1).nullable(),
  classes: z.array(z.enum(DATA_CLASSES)).min(1).nullable(),
  recipients: z.array(z.enum(RECIPIENTS)).min(1).nullable(),
  psychotherapyNotes: z.boolean(),
  /** Covers specially protected health: everywhere, nowhere, or what is held under the law of these places. */
  specialHealth: z.union([z.boolean(), z.array(place).min(1)]),
  title: words,
  elements: code,
});
const schema = strictYaml({
  version: z.literal(1),
  sets: z.record(code, z.array(element).min(1)),
  forms: z.array(form).min(1),
});

export type FormElement = z.infer<typeof element>;
export type AuthorizationForm = Omit<z.infer<typeof form>, "elements"> & { readonly elements: readonly FormElement[] };

/** A state is part of its country. */
export function coversSpecialHealth(
  { specialHealth }: Pick<AuthorizationForm, "specialHealth">,
  where: string,
): boolean {
  if (typeof specialHealth === "boolean") return specialHealth;
  return specialHealth.some((one) => where === one || where.startsWith(`${one}-`));
}

const FILE = "authorization-forms.yaml";

/** By code. Throws AuthorizationError `bad-governance`, one fault a line. */
export function loadAuthorizationForms(folder: string): ReadonlyMap<string, AuthorizationForm> {
  const read = readGovernedYaml(join(folder, FILE), `governance/sharing/${FILE}`, schema);
  if (!read.ok) throw new AuthorizationError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const faults = content.forms.flatMap((one, at) => [
    ...(content.sets[one.elements] === undefined
      ? [faultAt(["forms", at, "elements"], `no set of elements ${one.elements}`)]
      : []),
    ...(content.forms.findIndex(({ form: name }) => name === one.form) === at
      ? []
      : [faultAt(["forms", at, "form"], "stands here twice")]),
  ]);
  if (faults.length > 0) throw new AuthorizationError("bad-governance", faults.join("\n"));
  return new Map(
    content.forms.map(({ elements, ...one }) => [one.form, { ...one, elements: content.sets[elements] ?? [] }]),
  );
}
