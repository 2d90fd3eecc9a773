// Records in their masked forms, as terms and what is shown of them.
import { Badge, Button, Card, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";
import type { MaskedRecord } from "./use-masked-view.ts";
import { useSchema } from "./schema.ts";

const SHOWN_AT_FIRST = 30;

export function MaskedRecords({ records }: { readonly records: readonly MaskedRecord[] }): ReactNode {
  const t = useTranslations("customers");
  const schema = useSchema();
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  return (
    <Stack gap="sm">
      <div className="columns">
        {records.slice(0, shown).map(({ recordId, type, fields }) => (
          <Card key={recordId} withBorder padding="sm">
            <Title order={3} mb={4}>
              {schema.record(type)}
            </Title>
            <Terms fields={fields} />
          </Card>
        ))}
      </div>
      {records.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + SHOWN_AT_FIRST)}>
          {t("units.moreRecords", { count: records.length - shown })}
        </Button>
      )}
    </Stack>
  );
}

export function Terms({ fields }: Pick<MaskedRecord, "fields">): ReactNode {
  const t = useTranslations("customers");
  const names = useFieldNames();
  const held = fields.filter(({ value }) => value !== undefined);
  if (held.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("customer.nothingMasked")}
      </Text>
    );
  }
  return (
    <dl className="terms">
      {held.map(({ field, label, value, disputed }) => (
        <div key={field}>
          <dt>{names.field(field, label)}</dt>
          <dd>
            {value === "" ? t("customer.hidden") : (names.code(field, value ?? "") ?? value)}
            {disputed !== undefined && (
              <Badge size="xs" variant="default" ml={6}>
                {t("customer.disputed")}
              </Badge>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
