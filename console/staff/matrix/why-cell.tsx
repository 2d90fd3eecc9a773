// Why a role sees a class of data as it does: the rules that decide it, with their texts and what they rest on.
import { Anchor, Badge, Code, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { useAsk } from "../../shared/queries.ts";
import { useNames } from "../governing/choices.ts";
import { Facts } from "../../shared/facts.tsx";
import type { Cell, Whole } from "./matrix.tsx";

interface WhyCellProps {
  readonly cell: Cell;
  readonly policies: Whole["policies"];
}

export function WhyCell({ cell, policies }: WhyCellProps): ReactNode {
  const t = useTranslations("matrix");
  const words = useTranslations("words");
  const names = useNames();
  const deciding = policies.filter(({ id }) => cell.policies.includes(id));
  return (
    <Stack gap="md">
      <Facts
        of={[
          [t("form"), words(`forms.${cell.form}`)],
          [t("purpose"), names.purpose(cell.purpose)],
          [t("by"), cell.by],
        ]}
      />
      {deciding.length === 0 && <Text size="sm">{t("byDefault")}</Text>}
      {deciding.map((policy) => (
        <OnePolicy key={policy.id} policy={policy} />
      ))}
    </Stack>
  );
}

function OnePolicy({ policy }: { readonly policy: Whole["policies"][number] }): ReactNode {
  const t = useTranslations("matrix");
  const said = useRuleTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Badge variant="light" color={policy.effect === "permit" ? "green" : "red"}>
          {t(policy.effect)}
        </Badge>
        <Text fw={600} size="sm">
          {said.rule({ id: policy.id, text: policy.title })}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {policy.citation}
      </Text>
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="start"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t("hide") : t("show")} ({policy.id})
      </Anchor>
      {isOpen && <PolicyText id={policy.id} />}
    </Stack>
  );
}

function PolicyText({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("matrix");
  const [group = "", name = ""] = id.split("/");
  const policy = useAsk("showPolicy", { params: { group, name } });
  return (
    <Answered of={policy}>
      {({ text, file, line, confirmed, inForce }) => (
        <>
          {text !== null && (
            <Code block tabIndex={0} style={{ whiteSpace: "pre-wrap" }}>
              {text}
            </Code>
          )}
          <Text size="xs" c="dimmed">
            {file !== null && `${file}${line === null ? "" : `:${line}`}, `}
            {t(`confirmed.${confirmed}`)}
            {!inForce && `, ${t("notInForce")}`}
          </Text>
        </>
      )}
    </Answered>
  );
}
