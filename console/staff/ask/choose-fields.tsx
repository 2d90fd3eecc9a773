// What of it: the fields of the kinds that can be answered for this purpose, by topic.
import { Accordion, Badge, Checkbox, Group, SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSchema } from "../customers/schema.ts";
import type { Option } from "./choose-why.tsx";

type ClassOption = Option["classes"][number];

export interface ChooseFieldsProps {
  readonly classes: readonly ClassOption[];
  /** Refused, and to be asked for from the refusal. */
  readonly uponApproval: readonly ClassOption["dataClass"][];
  readonly chosen: readonly string[];
  readonly onChange: (fields: readonly string[]) => void;
}

export function ChooseFields({ classes, uponApproval, chosen, onChange }: ChooseFieldsProps): ReactNode {
  const t = useTranslations("ask");
  const words = useTranslations("words");
  return (
    <div>
      <Text fw={500} size="sm" id="fields">
        {t("fields")}
      </Text>
      <Accordion multiple variant="separated" mt="xs" aria-labelledby="fields">
        {classes.map((option) => (
          <Accordion.Item key={option.dataClass} value={option.dataClass}>
            <Accordion.Control>
              <Group gap="xs">
                {words(`classes.${option.dataClass}`)}
                <Needs option={option} />
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <FieldsOf dataClass={option.dataClass} chosen={chosen} onChange={onChange} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
        {uponApproval.map((dataClass) => (
          <Accordion.Item key={dataClass} value={dataClass}>
            <Accordion.Control>
              <Group gap="xs">
                {words(`classes.${dataClass}`)}
                <Badge variant="default">{t("needs.approval")}</Badge>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <FieldsOf dataClass={dataClass} chosen={chosen} onChange={onChange} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </div>
  );
}

function Needs({ option }: { readonly option: ClassOption }): ReactNode {
  const t = useTranslations("ask");
  const work = useTranslations("work");
  const { form, needsReason, needsStepUp, needsPasskey } = option;
  return (
    <>
      <Badge variant="default">{work(`forms.${form}`)}</Badge>
      {needsReason && <Badge variant="default">{t("needs.reason")}</Badge>}
      {needsStepUp && <Badge variant="default">{t(needsPasskey ? "needs.passkey" : "needs.factor")}</Badge>}
    </>
  );
}

interface FieldsOfProps extends Pick<ChooseFieldsProps, "chosen" | "onChange"> {
  readonly dataClass: ClassOption["dataClass"];
}

function FieldsOf({ dataClass, chosen, onChange }: FieldsOfProps): ReactNode {
  const { recordTypes } = useSchema();
  const held = recordTypes
    .map(({ name, label, fields }) => ({
      name,
      label,
      fields: fields.filter((field) => field.dataClass === dataClass),
    }))
    .filter(({ fields }) => fields.length > 0);
  const toggle = (path: string): void =>
    onChange(chosen.includes(path) ? chosen.filter((each) => each !== path) : [...chosen, path]);
  return held.map(({ name, label, fields }) => (
    <div key={name} role="group" aria-label={label}>
      {held.length > 1 && (
        <Text size="sm" fw={600} mt="xs">
          {label}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" mt={4}>
        {fields.map(({ path, label: fieldLabel }) => (
          <Checkbox key={path} label={fieldLabel} checked={chosen.includes(path)} onChange={() => toggle(path)} />
        ))}
      </SimpleGrid>
    </div>
  ));
}
