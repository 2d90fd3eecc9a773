// How far an authorization reaches, in plain words: kinds of information by their topics, recipients and purposes as the timeline says them.
import { useFormatter, useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import type { Own } from "./authorizations.tsx";

export interface ScopeWords {
  readonly classes: string;
  readonly recipients: string;
  readonly purposes: string;
}

export function useScopeWords({ classes, recipients, purposes }: Own): ScopeWords {
  const t = useTranslations("portal-permissions");
  const timeline = useTranslations("portal-timeline");
  const format = useFormatter();
  const language = useLanguage();
  const topics = useAsk("listPortalTopics", {}).data?.topics ?? [];
  const topicOf = (name: string): string =>
    topics.find(({ topic }) => topic === name)?.title[language] ?? t("allow.otherKind");
  const named = recipients.map(({ type }) => (type === "none" ? t("allow.us") : timeline(`recipients.${type}`)));
  return {
    classes: format.list([...new Set(classes.map(topicOf))]),
    recipients: format.list(named),
    purposes: format.list(purposes.map((purpose) => timeline(`purposes.${purpose}`))),
  };
}
