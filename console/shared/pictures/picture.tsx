// A picture with the same figures as a table, for whoever would rather read, or cannot look.
import { Card, Group, SegmentedControl, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";

export interface PictureProps {
  readonly title: string;
  /** What it tells, in a sentence. */
  readonly summary: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
  /** The drawing; hidden from screen readers, who get the summary and the table. */
  readonly children: ReactNode;
}

export function Picture({ title, summary, columns, rows, children }: PictureProps): ReactNode {
  const t = useTranslations("common");
  const [as, setAs] = useState("picture");
  const id = useId();
  return (
    <Card withBorder component="figure" m={0} aria-labelledby={id}>
      <Group justify="space-between">
        <Title order={3} id={id}>
          {title}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("picture.as")}
          value={as}
          onChange={setAs}
          data={[
            { value: "picture", label: t("picture.picture") },
            { value: "table", label: t("picture.table") },
          ]}
        />
      </Group>
      <Text component="figcaption" size="sm" c="dimmed" mb="sm">
        {summary}
      </Text>
      {as === "picture" ? (
        <div aria-hidden>{children}</div>
      ) : (
        <Table aria-labelledby={id}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, line) => (
              <Table.Tr key={line}>
                {row.map((cell, at) => (
                  <Table.Td key={columns[at]}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}
