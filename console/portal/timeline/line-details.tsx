// What a look was exactly: which details and how much of each, on what grounds, to whom; its receipt; and what to do when one does not recognise it.
import { Box, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { Moment } from "../../shared/moment.tsx";
import { LineReceipt } from "./line-receipt.tsx";
import { AskAbout } from "../cases/ask-about.tsx";
import type { Line } from "./rows.ts";

export interface LineDetailsProps {
  readonly line: Line;
  readonly customerId: string | undefined;
}

export function LineDetails({ line, customerId }: LineDetailsProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const names = useFieldNames();
  const { basis, recipient, fields, at, who } = line;
  return (
    <Stack gap="sm" px="md" pb="md">
      <Text size="sm">
        <Moment at={at} />
      </Text>
      {basis !== null && <Fact name={t("basis")}>{t(`bases.${basis}`)}</Fact>}
      {recipient !== null && recipient.type !== null && (
        <Fact name={t("recipient")}>{t(`recipients.${recipient.type}`)}</Fact>
      )}
      {fields.length > 0 && (
        <Fact name={t("fields")}>
          <Stack gap="xs">
            {/* "Kind" and "Valid from" say little without what they are of. */}
            {[...Map.groupBy(fields, ({ field }) => recordTypeOf(field))].map(([type, ofType]) => (
              <Box key={type}>
                <Text fw={500}>{names.record(type)}</Text>
                <List spacing={2}>
                  {ofType.map(({ field, form }) => (
                    <List.Item key={field}>
                      {names.field(field)}{" "}
                      <Text span c="dimmed">
                        {t(`forms.${form}`)}
                      </Text>
                    </List.Item>
                  ))}
                </List>
              </Box>
            ))}
          </Stack>
        </Fact>
      )}
      <LineReceipt line={line} customerId={customerId} />
      {customerId === undefined && who.kind !== "self" && <AskAbout entryId={line.entryId} />}
    </Stack>
  );
}

function recordTypeOf(path: string): string {
  return path.split(".", 1)[0] ?? path;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <Box>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      {typeof children === "string" ? <Text>{children}</Text> : children}
    </Box>
  );
}
