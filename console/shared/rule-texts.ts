// What the rules say, why something is not shown, and what would help, in the reader's language; the server's own English where nobody has translated it.
import { useMemo } from "react";
import { useLocale, useMessages, useTranslations } from "use-intl";
import type { AnswerOf } from "./ask.ts";
import { loadTexts } from "./texts.tsx";

type Field = AnswerOf<"disclose">["fields"][number];
type Titles = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

export interface RuleTexts {
  /** A rule's one sentence. */
  rule(policy: { readonly id: string; readonly text: string }): string;
  reason(reason: Field["reasons"][number], dataClass: Field["dataClass"]): string;
  remedy(remedy: Field["permittedBy"][number]): string;
  /** What whoever receives values is bound to. */
  bound(obligation: { readonly code: string; readonly message: string }): string;
}

/** What the translations are of: an insurer who has worded a rule anew gets the new words, in English, and not the old ones in another language. */
let translated: Titles = {};

/** To be awaited before a page that tells of rules is shown. */
export async function loadRuleTexts(): Promise<void> {
  const [english] = await Promise.all([
    import("../messages/en/policies.json"),
    loadTexts("policies", "reasons", "words"),
  ]);
  translated = english.default;
}

function titleIn(titles: Titles, id: string): string | undefined {
  const [group = "", name] = id.split("/");
  return name === undefined ? titles["default"]?.[group] : titles[group]?.[name];
}

export function useRuleTexts(): RuleTexts {
  const isEnglish = useLocale().startsWith("en");
  const { policies } = useMessages() as { readonly policies?: Titles };
  const t = useTranslations("reasons");
  const words = useTranslations("words");
  return useMemo(() => {
    const rule: RuleTexts["rule"] = ({ id, text }) =>
      isEnglish || titleIn(translated, id) !== text ? text : (titleIn(policies ?? {}, id) ?? text);
    const one = ({ purpose, assignment, form }: Field["permittedBy"][number], code: string): string | null => {
      const key = `helps.${code}` as "helps.basis";
      if (!t.has(key)) return null;
      const values = {
        form: words(`forms.${form}`),
        purpose: purpose === undefined ? "" : words(`purposes.${purpose}`),
        kind: assignment === undefined ? "" : words(`assignmentKinds.${assignment}`),
      };
      return t(key, values as never);
    };
    return {
      rule,
      reason: ({ code, message, policy }, dataClass) => {
        if (isEnglish) return message;
        if (policy !== undefined) return rule({ id: policy, text: message });
        const key = `because.${code}` as "because.empty";
        return t.has(key) ? t(key, { what: words(`classes.${dataClass}`) } as never) : message;
      },
      remedy: (remedy) => {
        const said = remedy.code.split("+").map((code) => one(remedy, code));
        return isEnglish || said.includes(null) ? remedy.message : said.join(" ");
      },
      bound: ({ code, message }) => {
        const key = `bound.${code}` as "bound.limited-reuse";
        return !isEnglish && t.has(key) ? t(key) : message;
      },
    };
  }, [isEnglish, policies, t, words]);
}
