// What somebody has in hand; each opens with its purpose and basis set.
import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Empty } from "../../shared/empty.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ShortId } from "../../shared/short-id.tsx";

export function Assigned({ assignments }: Pick<AnswerOf<"listWork">, "assignments">): ReactNode {
  const t = useTranslations("home");
  const words = useTranslations("words");
  if (assignments.length === 0) return <Empty>{t("nothingAssigned")}</Empty>;
  return (
    <Table aria-label={t("assigned")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("what")}</Table.Th>
          <Table.Th>{t("customer")}</Table.Th>
          <Table.Th>{t("since2")}</Table.Th>
          <Table.Th>{t("until")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {assignments.map(({ assignmentId, customerId, unitId, kind, startsAt, endsAt }) => (
          <Table.Tr key={assignmentId}>
            <Table.Td>
              <Anchor
                component={Link}
                to={[`/customers/${customerId}`, ...(unitId === null ? [] : ["in-hand", unitId])].join("/")}
              >
                {words(`assignmentKinds.${kind}`)}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <ShortId id={customerId} />
            </Table.Td>
            <Table.Td>
              <Moment at={startsAt} dateOnly />
            </Table.Td>
            <Table.Td>{endsAt === null ? "–" : <Moment at={endsAt} dateOnly />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
