// The notices in all their versions: governance/sharing/notices.yaml.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { LINES } from "../kernel/vocabulary.ts";
import { UNIT_KINDS } from "../vault/vault.ts";
import { NoticeError } from "./errors.ts";

export const NOTICE_LANGUAGES = ["en", "es", "de"] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const version = strictYaml({
  version: z.string().regex(/^[A-Za-z0-9.-]{1,20}$/),
  from: z.iso.date(),
  title: words,
  text: words,
});
const ground = {
  citation: z.string().min(1).max(200),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text"]),
};
const MONTHS_MAX = 120;
const repeats = strictYaml({
  months: z.int().min(1).max(MONTHS_MAX),
  /** How long before it is late it is due: letters have to be printed and posted. */
  aheadDays: z.int().min(0).max(90),
  /** The notice itself, or a word that there is one and how to get it. */
  gives: z.enum(["notice", "reminder"]),
  ...ground,
  /** What the law lets an insurer off by; whoever runs this says whether it is so. */
  exception: strictYaml({ applies: z.boolean(), text: z.string().min(1).max(400), ...ground }).nullable(),
});
const schema = strictYaml({
  version: z.literal(1),
  notices: z
    .array(
      strictYaml({
        notice: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
        citation: z.string().min(1),
        confidence: z.enum(["high", "medium", "low"]),
        confirmed: z.enum(["none", "secondary", "text"]),
        lines: z.array(z.enum(LINES)).min(1).nullable(),
        given: z.enum(["annual", "enrolment", "application", "collection"]),
        due: strictYaml({
          places: z
            .array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/))
            .min(1)
            .nullable(),
          units: z.array(z.enum(UNIT_KINDS)).min(1),
          initial: strictYaml(ground),
          revised: strictYaml(ground),
          repeats: repeats.nullable(),
        }),
        reminder: strictYaml({ title: words, text: words }).nullable(),
        versions: z.array(version).min(1),
      }),
    )
    .min(1),
});
export type NoticeRule = z.infer<typeof schema>["notices"][number];
export type NoticeVersion = z.infer<typeof version>;

const FILE = "notices.yaml";

/** Throws NoticeError `bad-governance`, one fault a line. */
export function loadNotices(folder: string): readonly NoticeRule[] {
  const read = readGovernedYaml(join(folder, FILE), `governance/sharing/${FILE}`, schema);
  if (!read.ok) throw new NoticeError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const faults = content.notices.flatMap(({ notice, versions, due, reminder }, at) => [
    ...(due.repeats?.gives === "reminder" && reminder === null
      ? [faultAt(["notices", at, "reminder"], "says nothing, and is to be given")]
      : []),
    ...(content.notices.findIndex((one) => one.notice === notice) === at
      ? []
      : [faultAt(["notices", at, "notice"], "stands here twice")]),
    ...versions.flatMap(({ from }, place) =>
      place === 0 || from > versions[place - 1]!.from
        ? []
        : [faultAt(["notices", at, "versions", place], "versions stand in the order of their days")],
    ),
  ]);
  if (faults.length > 0) throw new NoticeError("bad-governance", faults.join("\n"));
  return content.notices;
}

/** The newest that has begun. */
export function versionInForce({ versions }: NoticeRule, now: Date): NoticeVersion {
  const today = now.toISOString().slice(0, 10);
  return versions.findLast(({ from }) => from <= today) ?? versions[0]!;
}

/** Lower-case hex SHA-256 of title and text. */
export function textDigest({ title, text }: Pick<NoticeVersion, "title" | "text">, language: NoticeLanguage): string {
  return createHash("sha256").update(`${title[language]}\n\n${text[language]}`).digest("hex");
}
