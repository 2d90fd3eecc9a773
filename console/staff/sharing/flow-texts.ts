// What flows and their checks are called, in the reader's language; the server's own English where the insurer has worded one anew.
import { useFormatter, useTranslations } from "use-intl";
import english from "../../messages/en/flows.json";
import { useSchema } from "../customers/schema.ts";
import { useNames } from "../governing/choices.ts";
import type { Flow } from "./draft.ts";

type Check = Flow["checks"][number];
type Titled = Pick<Flow, "flow" | "title">;

export function useFlowTexts() {
  const t = useTranslations("flows");
  const words = useTranslations("words");
  const format = useFormatter();
  const names = useNames();
  const schema = useSchema();
  const title = ({ flow, title: said }: Titled): string => {
    const key = flow as keyof typeof english.titles;
    return english.titles[key] === said ? t(`titles.${key}`) : said;
  };
  const attested = ({ attest, says }: Check): string => {
    const key = attest as keyof typeof english.attested;
    const known = english.attested[key];
    return known !== undefined && says.startsWith(`${known} (`) ? t(`attested.${key}`) : says;
  };
  const check = (one: Check): string => {
    if (one.attest !== null) return attested(one);
    const { kinds = [], classes = [], purposes = [], purpose, unless, kind, isOpen, field, years, people } = one.about;
    const key = unless === undefined ? (isOpen === true ? "one-open-unit" : one.check) : "no-classes-unless";
    const wordFor = (group: "contracts" | "unless", code: string): string => {
      const of = `${group}.${code}` as "contracts.treaty";
      return t.has(of) ? t(of) : code;
    };
    return t(
      `checks.${key}` as "checks.no-classes-unless",
      {
        kinds: format.list(
          kinds.map((each) => wordFor("contracts", each)),
          { type: "disjunction" },
        ),
        classes: format.list(classes.map(names.dataClass)),
        purposes: format.list(purposes.map(names.purpose), { type: "disjunction" }),
        purpose: purpose === undefined ? "" : names.purpose(purpose),
        unless: unless === undefined ? "" : wordFor("unless", unless),
        kind: kind === undefined ? "" : words(`unitKinds.${kind}`),
        field: field === undefined ? "" : schema.field(field).label,
        years: years ?? 0,
        people: people ?? 0,
      } as never,
    );
  };
  /** Where its code is all that is known of it. */
  const named = (flow: string): string =>
    flow in english.titles ? t(`titles.${flow as keyof typeof english.titles}`) : flow;
  return { title, check, named };
}
