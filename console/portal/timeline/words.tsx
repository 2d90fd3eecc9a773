// What things on a line are called, in plain words of the reader's language: by the server where an officer of the insurer edits them, else by ours.
import { createContext, type ReactNode, use } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useLanguage } from "../../shared/texts.tsx";
import type { Line } from "./rows.ts";

export interface Known {
  readonly roles: AnswerOf<"listAccountings">["roles"];
  readonly topics: AnswerOf<"listPortalTopics">["topics"];
}

const Context = createContext<Known>({ roles: [], topics: [] });

export function KnownWords({ value, children }: { readonly value: Known; readonly children: ReactNode }): ReactNode {
  return <Context value={value}>{children}</Context>;
}

export interface LineWords {
  readonly who: string;
  /** What they did, in a word or two. */
  readonly did: string;
  readonly purpose: string | null;
  /** Kinds of information. */
  readonly topics: readonly string[];
}

export function useLineWords(): (line: Line) => LineWords {
  const t = useTranslations("portal-timeline");
  const language = useLanguage();
  const { roles, topics } = use(Context);
  const titleOf = (role: string | null): string | null =>
    roles.find((one) => one.role === role)?.title[language] ?? null;
  const whoOf = ({ kind, role, name }: Line["who"]): string => {
    if (kind === "self" || kind === "customer" || kind === "system") return t(`who.${kind}`);
    const title = titleOf(role);
    const called = [name, title].filter((each) => each !== null).join(", ");
    return called === "" ? t(`who.${kind}`) : t(`who.${kind}Named`, { called });
  };
  return ({ who, kind, outcome, purpose, fields, classes }) => ({
    who: whoOf(who),
    did: t(outcome === "denied" ? "did.refused" : didKey(kind, fields)),
    purpose: purpose === null ? null : t(`purposes.${purpose}`),
    topics: classes.flatMap((name) => topics.find(({ topic }) => topic === name)?.title[language] ?? []),
  });
}

function didKey(kind: Line["kind"], fields: Line["fields"]) {
  if (kind === "search") return "did.search";
  if (kind !== "disclosure" && kind !== "masked-view") return "did.other";
  if (fields.length > 0 && fields.every(({ form }) => form === "used")) return "did.used";
  return fields.some(({ form }) => form === "clear") ? "did.clear" : "did.masked";
}
