// What for, and by what right: only what can apply is offered.
import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";

export type Option = AnswerOf<"listDisclosureOptions">["options"][number];

/** Never the emergency by itself; in hand, the first duty of the role. */
export function usualOption(options: readonly Option[], isInHand: boolean): Option {
  const usual = options.filter(({ purpose }) => purpose !== "emergency");
  return (isInHand ? usual.find(({ basis }) => basis === "role-duty") : undefined) ?? usual[0] ?? options[0]!;
}

const keyOf = ({ purpose, basis }: Option): string => `${purpose} ${basis}`;

export interface ChooseWhyProps {
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly onChoose: (option: Option) => void;
}

export function ChooseWhy({ options, chosen, onChoose }: ChooseWhyProps): ReactNode {
  const t = useTranslations("ask");
  return (
    <Radio.Group
      label={t("why")}
      value={keyOf(chosen)}
      onChange={(key) => onChoose(options.find((option) => keyOf(option) === key) ?? chosen)}
    >
      <Stack gap="xs" mt="xs">
        {options.map((option) => (
          <Radio key={keyOf(option)} value={keyOf(option)} label={option.label} description={option.basisLabel} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
