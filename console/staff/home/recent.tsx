// Whom somebody saw lately: no names, which would be shown again by it.
import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { shortId } from "../../shared/short-id.tsx";

const SHOWN = 10;

export function Recent(): ReactNode {
  const t = useTranslations("home");
  const words = useTranslations("words");
  const recent = useAsk("listRecentCustomers", { query: { limit: SHOWN } });
  return (
    <Answered of={recent}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{t("noRecent")}</Empty>
        ) : (
          <Table aria-label={t("recent")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("customer")}</Table.Th>
                <Table.Th>{t("did")}</Table.Th>
                <Table.Th>{t("purpose")}</Table.Th>
                <Table.Th>{t("lastAt")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ customerId, lastAt, purpose, kind }) => (
                <Table.Tr key={customerId}>
                  <Table.Td>
                    <Anchor component={Link} to={`/customers/${customerId}`} ff="monospace" fz="sm">
                      {shortId(customerId)}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{words(`entryKinds.${kind}`)}</Table.Td>
                  <Table.Td>{purpose === null ? "–" : words(`purposes.${purpose}`)}</Table.Td>
                  <Table.Td>
                    <Moment at={lastAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Answered>
  );
}
