// What leaves insurers, or what they hold, out of a law: in plain words, and as the rule has it, with its provision.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../ask.ts";

type Rule = AnswerOf<"readRight">["judged"][number]["rule"];

export function LeftOut({ exemption }: { readonly exemption: NonNullable<Rule["exemption"]> }): ReactNode {
  const t = useTranslations("rights-words");
  return (
    <>
      <Text size="sm">{t(`exemptions.${exemption.by}`)}</Text>
      <Text size="sm" c="dimmed" lang="en">
        {exemption.text}
      </Text>
    </>
  );
}
