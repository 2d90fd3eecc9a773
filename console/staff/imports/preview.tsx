// What becomes of each column of the file, with the form of its first values.
import { Badge, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type FileHead, shapeOf } from "./file-head.ts";
import type { Mapping } from "./new-import.tsx";

const SAMPLES = 3;

export function Preview({ mapping, head }: { readonly mapping: Mapping; readonly head: FileHead }): ReactNode {
  const t = useTranslations("imports");
  const columns = [...new Set([...head.columns, ...mapping.columns.map(({ column }) => column)])];
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t("preview")}>
      <Table aria-label={t("preview")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("column")}</Table.Th>
            <Table.Th>{t("becomes")}</Table.Th>
            <Table.Th>{t("forms")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column) => (
            <Table.Tr key={column}>
              <Table.Td>{column}</Table.Td>
              <Table.Td>
                <Becomes
                  mapped={mapping.columns.find((each) => each.column === column)}
                  isThere={head.columns.includes(column)}
                />
              </Table.Td>
              <Table.Td>
                <Text size="xs" ff="monospace">
                  {head.rows
                    .slice(0, SAMPLES)
                    .map((row) => shapeOf(row[column] ?? ""))
                    .join("  ·  ")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface BecomesProps {
  readonly mapped: Mapping["columns"][number] | undefined;
  readonly isThere: boolean;
}

function Becomes({ mapped, isThere }: BecomesProps): ReactNode {
  const t = useTranslations("imports");
  if (mapped === undefined)
    return (
      <Badge color="red" variant="light" tt="none">
        {t("unknownColumn")}
      </Badge>
    );
  if (!isThere)
    return (
      <Badge color="yellow" variant="light" tt="none">
        {t("missingColumn")}
      </Badge>
    );
  if (mapped.dropped !== null)
    return (
      <Text size="sm" c="dimmed">
        {t("dropped", { why: mapped.dropped })}
      </Text>
    );
  return mapped.fields.length === 0 ? (
    <Text size="sm" c="dimmed">
      {t("keyOrPlace")}
    </Text>
  ) : (
    mapped.fields.join(", ")
  );
}
