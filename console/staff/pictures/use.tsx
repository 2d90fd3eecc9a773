// Which roles actually use which data: the darker, the more often.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Picture } from "../../shared/pictures/picture.tsx";
import { useAsk } from "../../shared/queries.ts";
import type { Period } from "./pictures.tsx";

const STRONGEST = 70;

export function Use({ period: { from, to } }: { readonly period: Period }): ReactNode {
  const t = useTranslations("pictures");
  const common = useTranslations("common");
  const words = useTranslations("words");
  const format = useFormatter();
  const use = useAsk("countUse", { query: { from, to } });
  return (
    <Answered of={use}>
      {({ items }) => {
        const roles = [...new Set(items.map(({ role }) => role))];
        const classes = [...new Set(items.map(({ dataClass }) => dataClass))];
        const most = Math.max(1, ...items.map(({ count }) => count));
        const named = (role: (typeof roles)[number]): string =>
          role === null ? t("use.gone") : common(`roles.${role}`);
        const countOf = (role: (typeof roles)[number], dataClass: string): number =>
          items.find((each) => each.role === role && each.dataClass === dataClass)?.count ?? 0;
        return (
          <Picture
            title={t("use.title")}
            summary={t("use.summary")}
            columns={[t("use.role"), t("use.class"), t("use.count")]}
            rows={items.map(({ role, dataClass, count }) => [named(role), words(`classes.${dataClass}`), count])}
          >
            {items.length === 0 ? (
              <Empty>{t("nothing")}</Empty>
            ) : (
              <div style={{ overflowX: "auto" }}>
                <Table withColumnBorders fz="xs">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th />
                      {classes.map((each) => (
                        <Table.Th key={each}>{words(`classes.${each}`)}</Table.Th>
                      ))}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {roles.map((role) => (
                      <Table.Tr key={role ?? "none"}>
                        <Table.Th>{named(role)}</Table.Th>
                        {classes.map((each) => {
                          const count = countOf(role, each);
                          // By the logarithm, so that rare use is seen beside common use.
                          const share =
                            count === 0 ? 0 : 10 + (Math.log(count + 1) / Math.log(most + 1)) * (STRONGEST - 10);
                          return (
                            <Table.Td
                              key={each}
                              ta="end"
                              style={{
                                background: `color-mix(in srgb, var(--mantine-color-ink-5) ${share}%, transparent)`,
                              }}
                            >
                              {count === 0 ? "" : format.number(count)}
                            </Table.Td>
                          );
                        })}
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </div>
            )}
          </Picture>
        );
      }}
    </Answered>
  );
}
