// What was asked for and is masked or refused: why, by which rule, and what would permit it.
import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { useSchema } from "../customers/schema.ts";
import type { DisclosedField } from "./disclose.ts";
import type { About } from "./disclosure-panel.tsx";
import { Remedy } from "./remedy.tsx";

type Told = Pick<DisclosedField, "field" | "recordId" | "dataClass" | "form" | "reasons" | "policies" | "permittedBy">;

export interface NotShownProps {
  readonly fields: readonly Told[];
  readonly about: About;
}

/** Those that have the same reasons are told of once. */
export function NotShown({ fields, about }: NotShownProps): ReactNode {
  const t = useTranslations("work");
  const lesser = fields.filter(({ form, reasons }) => form !== "clear" && reasons.length > 0);
  if (lesser.length === 0) return null;
  const groups = [...Map.groupBy(lesser, sameness).values()];
  return (
    <details className="not-shown" open={fields.length === lesser.length}>
      <summary>{t("notShown.summary", { count: lesser.length })}</summary>
      <Stack gap="md" mt="sm">
        {groups.map((group) => (
          <SameReasons key={sameness(group[0]!)} group={group} about={about} />
        ))}
      </Stack>
    </details>
  );
}

function sameness({ form, dataClass, reasons, permittedBy }: Told): string {
  return JSON.stringify([form, dataClass, reasons, permittedBy.map(({ code }) => code)]);
}

function SameReasons({ group, about }: { readonly group: readonly Told[]; readonly about: About }): ReactNode {
  const t = useTranslations("work");
  const words = useTranslations("words");
  const schema = useSchema();
  const said = useRuleTexts();
  const { form, dataClass, reasons, policies, permittedBy } = group[0]!;
  return (
    <section>
      <Group gap="xs">
        <Title order={3} size="h4">
          {words(`classes.${dataClass}`)}
        </Title>
        <Badge variant="default">{t(`forms.${form}`)}</Badge>
      </Group>
      <Text size="sm">{group.map(({ field }) => schema.field(field).label).join(", ")}</Text>
      {reasons.map((reason) => (
        <Text key={reason.code + reason.message} size="sm" c="dimmed">
          {said.reason(reason, dataClass)}
        </Text>
      ))}
      {policies.map((policy) => (
        <Text key={policy.id} size="xs" c="dimmed">
          {said.rule(policy)} ({policy.citation})
        </Text>
      ))}
      <Group gap="xs" mt={4}>
        {permittedBy.map((remedy) => (
          <Remedy key={remedy.code + remedy.form} remedy={remedy} about={about} classes={[dataClass]} />
        ))}
      </Group>
    </section>
  );
}
