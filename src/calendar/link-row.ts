// A person's calendar link, as it stands among their authority rows: its secret is the row's lookup, as a keyed digest.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";

const LANGUAGES = ["en", "es", "de"] as const;
export type CalendarLanguage = (typeof LANGUAGES)[number];

const content = z.strictObject({ madeAt: z.iso.datetime(), language: z.enum(LANGUAGES) });
export type LinkContent = z.infer<typeof content>;
export const LINK: RowType<LinkContent> = { kind: "calendar-link", content };
