// What helps with a dilemma, each with its source, and said so where nobody has confirmed that.
import { List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";

export type Guidance = AnswerOf<"describeEthicsDesk">["guidance"][number];

/** In the reader's language. */
export function useGuidanceText(): (guidance: Guidance) => string {
  const locale = useLocale();
  return ({ text }) => (locale === "es" ? text.es : locale === "de" ? text.de : text.en);
}

export function GuidanceList({ of }: { readonly of: readonly Guidance[] }): ReactNode {
  const t = useTranslations("ethics");
  const textOf = useGuidanceText();
  if (of.length === 0) return null;
  return (
    <List size="sm" spacing="xs">
      {of.map((one) => (
        <List.Item key={one.id}>
          {textOf(one)}{" "}
          <Text span size="xs" c="dimmed">
            {one.citation}
            {one.confirmed !== "text" && ` · ${t("unconfirmed")}`}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
