// The looks that an alert rests on, each an entry of the ledger.
import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { useMay } from "../../shared/session.ts";
import { firstUp } from "../governing/first-up.ts";
import { shortId } from "../../shared/short-id.tsx";
import type { Alert } from "./alerts.tsx";

export function Evidence({ of }: { readonly of: Alert["evidence"] }): ReactNode {
  const t = useTranslations("alerts");
  const may = useMay();
  const mayRead = may("ledger.read");
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label={t("evidence")}>
      <Table aria-label={t("evidence")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("when")}</Table.Th>
            <Table.Th>{t("says")}</Table.Th>
            <Table.Th>{t("outcome")}</Table.Th>
            <Table.Th>{t("customer")}</Table.Th>
            <Table.Th>{t("entry")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ entryId, customerId, at, outcome, says }) => (
            <Table.Tr key={entryId}>
              <Table.Td>
                <Moment at={at} />
              </Table.Td>
              <Table.Td>{firstUp(says)}</Table.Td>
              <Table.Td>{t(`outcomes.${outcome}`)}</Table.Td>
              <Table.Td>
                {may("viewers.read") ? (
                  <Anchor component={Link} to={`/pictures/viewers/${customerId}`} size="sm">
                    {shortId(customerId)}
                  </Anchor>
                ) : (
                  shortId(customerId)
                )}
              </Table.Td>
              <Table.Td>
                {mayRead ? (
                  <Anchor component={Link} to={`/ledger/${entryId}`} size="sm">
                    {shortId(entryId)}
                  </Anchor>
                ) : (
                  shortId(entryId)
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
