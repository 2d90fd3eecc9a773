// A clock step by step: from the day it came to the day it is due, each step in words with its numbers, and the law that says so.
import { List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../ask.ts";
import { Day } from "../day.tsx";

type OwnRight = AnswerOf<"readOwnRight">;

export interface ClockProps {
  readonly clock: OwnRight["clock"];
  readonly rule: OwnRight["rule"];
}

export function LawClock({ clock, rule }: ClockProps): ReactNode {
  const t = useTranslations("rights-words");
  return (
    <Stack gap="xs">
      {rule !== null && (
        <Text size="sm" lang="en">
          {`${rule.law}, ${rule.title} (${rule.citation}): ${rule.response}`}
        </Text>
      )}
      <List type="ordered" size="sm" spacing={4}>
        {clock.steps.map((step, nth) => (
          <List.Item key={`${step.code}-${nth}`}>
            <Step step={step} />
          </List.Item>
        ))}
        <List.Item>
          <Text span inherit fw={600}>
            {t.rich("dueOn", { on: () => <Day on={clock.dueOn} /> })}
          </Text>
        </List.Item>
      </List>
      {clock.extension !== null && (
        <Text size="sm" c="dimmed">
          {t.rich("mayExtend", { on: () => <Day on={clock.extension?.dueOn ?? ""} /> })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t("zone", { zone: clock.zone })}
      </Text>
    </Stack>
  );
}

function Step({ step }: { readonly step: OwnRight["clock"]["steps"][number] }): ReactNode {
  const t = useTranslations("rights-words");
  const { code, on, amount, holidays } = step;
  const words = amount === null ? "" : t(`units.${amount.unit}`, { value: amount.value });
  return (
    <>
      {t.rich(`steps.${code}`, { amount: words, on: () => <Day on={on} /> })}
      {holidays.length > 0 && (
        <>
          {" "}
          {t("leftOut")}{" "}
          {holidays.map((day, nth) => (
            <span key={day}>
              {nth > 0 && ", "}
              <Day on={day} />
            </span>
          ))}
          {"."}
        </>
      )}
    </>
  );
}
