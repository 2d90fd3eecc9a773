// What a room holds, under a mark of who reads it and when; kept by nobody unless its sender allowed it.
import { Button, List, Stack, Table, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import type { ClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Page } from "../../shared/page.tsx";
import { saveFile } from "../../shared/save-file.ts";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { Enclosed } from "./enclosed.tsx";
import { LaterPasskey } from "./later-passkey.tsx";
import type { Opened } from "./view-once.tsx";

/** What a line is of that counts people (src/packages/make-package.ts). */
const GROUP = "group";
const COUNT = "count";
const SUPPRESSED = "suppressed";

export interface RoomContentProps {
  readonly opened: Opened;
  readonly sheet: ClearSheet<Opened>;
}

export function RoomContent({ opened, sheet }: RoomContentProps): ReactNode {
  const t = useTranslations("portal-room");
  const { watermark, obligations, lines, enclosed, mayDownload, packageId, passkey } = opened;
  const viewer = watermark.contact === null ? watermark.recipient : `${watermark.recipient} · ${watermark.contact}`;
  const save = (): void => {
    const kept = enclosed.length === 0 ? lines : { lines, enclosed };
    saveFile(new Blob([JSON.stringify(kept, null, 2)], { type: "application/json" }), `${packageId}.json`);
  };
  return (
    <Page title={t("content.title")} lead={t("content.once")}>
      <ClearRegion label={t("content.title")} viewer={viewer} sheet={sheet}>
        {lines.every(({ subject }) => subject === GROUP) ? (
          <Groups lines={lines} />
        ) : (
          <Stack gap="lg">
            {lines.map((line, at) => (
              <Line key={`${line.subject} ${at}`} line={line} at={at + 1} />
            ))}
            {enclosed.map((signed, at) => (
              <Enclosed
                key={`${signed.subject} ${at}`}
                signed={signed}
                person={lines.findIndex(({ subject }) => subject === signed.subject) + 1}
                mayKeep={mayDownload}
              />
            ))}
          </Stack>
        )}
      </ClearRegion>
      {obligations.length > 0 && (
        <List size="sm">
          {obligations.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      )}
      {mayDownload ? (
        <Button variant="default" leftSection={<IconDownload aria-hidden />} onClick={save}>
          {t("content.save")}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t("content.notKept")}
        </Text>
      )}
      {passkey !== null && <LaterPasskey packageId={packageId} asked={passkey} />}
    </Page>
  );
}

function Line({ line, at }: { readonly line: Opened["lines"][number]; readonly at: number }): ReactNode {
  const t = useTranslations("portal-room");
  const names = useFieldNames();
  return (
    <section>
      <Title order={2} size="h4">
        {t("content.person", { number: at })}
      </Title>
      <Table>
        <Table.Tbody>
          {Object.entries(line.fields).map(([path, value]) => (
            <Table.Tr key={path}>
              <Table.Th scope="row">{names.field(path)}</Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {value}
                {line.disputed.includes(path) && (
                  <Text size="xs" c="dimmed">
                    {t("content.disputed")}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {line.statements.map(({ fields, filedAt, words }) => (
        <Text
          key={`${filedAt} ${fields.join(" ")}`}
          mt="xs"
          style={{ overflowWrap: "anywhere", whiteSpace: "pre-line" }}
        >
          {t("content.says", { fields: fields.map((path) => names.field(path)).join(", ") })} {words}
        </Text>
      ))}
    </section>
  );
}

/** How many there are of each; what is too small to be told says so, and why. */
function Groups({ lines }: { readonly lines: Opened["lines"] }): ReactNode {
  const t = useTranslations("portal-room.groups");
  const names = useFieldNames();
  const paths = [...new Set(lines.flatMap(({ fields }) => Object.keys(fields)))].filter((path) => path !== COUNT);
  const isAnyHidden = lines.some(({ fields }) => fields[COUNT] === SUPPRESSED);
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={t("title")}>
        <Table aria-label={t("title")}>
          <Table.Thead>
            <Table.Tr>
              {paths.map((path) => (
                <Table.Th key={path}>{names.field(path)}</Table.Th>
              ))}
              <Table.Th ta="end">{t("count")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ fields }) => (
              <Table.Tr key={JSON.stringify(fields)}>
                {paths.map((path) => (
                  <Table.Td key={path}>{fields[path]}</Table.Td>
                ))}
                <Table.Td ta="end">{fields[COUNT] === SUPPRESSED ? t("suppressed") : fields[COUNT]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {isAnyHidden && <Text size="sm">{t("why")}</Text>}
    </Stack>
  );
}
