// What is held about the customer themselves, by topic in plain words.
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import type { MaskedRecord } from "./use-masked-view.ts";
import { Terms } from "./masked-records.tsx";
import { useSchema } from "./schema.ts";

type Field = MaskedRecord["fields"][number];

/** What is asked for most comes first; the others as they come. */
const FIRST: readonly Field["dataClass"][] = ["identity", "contact", "financial", "government-id"];

function placeOf(dataClass: Field["dataClass"]): number {
  const at = FIRST.indexOf(dataClass);
  return at < 0 ? FIRST.length : at;
}

export function Topics({ records }: { readonly records: readonly MaskedRecord[] }): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  const topics = [...byClass(records)].toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  return (
    <section aria-labelledby="topics">
      <Title order={2} id="topics" mb="xs">
        {t("customer.held")}
      </Title>
      {topics.length === 0 && <Empty>{t("customer.nothingMasked")}</Empty>}
      <div className="columns">
        {topics.map(([dataClass, parts]) => (
          <Card key={dataClass} withBorder padding="sm">
            <Title order={3} mb={4}>
              {words(`classes.${dataClass}`)}
            </Title>
            <Stack gap="xs">
              {parts.map((part) => (
                <Part key={part.record.recordId} {...part} isAlone={parts.length === 1} />
              ))}
            </Stack>
          </Card>
        ))}
      </div>
    </section>
  );
}

interface PartProps {
  readonly record: MaskedRecord;
  readonly fields: Field[];
}

function Part({ record, fields, isAlone }: PartProps & { readonly isAlone: boolean }): ReactNode {
  const schema = useSchema();
  return (
    <div>
      {!isAlone && (
        <Text size="sm" fw={600}>
          {schema.record(record.type)}
        </Text>
      )}
      <Terms fields={fields} />
    </div>
  );
}

function byClass(records: readonly MaskedRecord[]): Map<Field["dataClass"], PartProps[]> {
  const topics = new Map<Field["dataClass"], PartProps[]>();
  for (const record of records) {
    for (const [dataClass, fields] of Map.groupBy(record.fields, (field) => field.dataClass)) {
      if (!fields.some(({ value }) => value !== undefined)) continue;
      topics.set(dataClass, [...(topics.get(dataClass) ?? []), { record, fields }]);
    }
  }
  return topics;
}
