// A map of who saw one customer: those who looked around the file, by role, nearer the more often.
import { Button } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Page } from "../../shared/page.tsx";
import { Picture } from "../../shared/pictures/picture.tsx";
import { useAsk } from "../../shared/queries.ts";
import { shortId as endOf } from "../../shared/short-id.tsx";
import { Who } from "../governing/who.tsx";
import { ViewerMap } from "./viewer-map.tsx";

export function ViewersPage(): ReactNode {
  const t = useTranslations("pictures");
  const common = useTranslations("common");
  const words = useTranslations("words");
  const format = useFormatter();
  const { customerId } = useParams({ from: "/inside/pictures/viewers/$customerId" });
  const viewers = useAsk("listViewers", { params: { customerId } });
  return (
    <Page
      title={t("viewers.title")}
      lead={t("viewers.lead")}
      actions={
        <Button component={Link} to={`/customers/${customerId}`} variant="default">
          {t("viewers.customer")}
        </Button>
      }
    >
      <Answered of={viewers}>
        {({ items }) => {
          const named = items.map((each) => ({
            ...each,
            roleName: each.role === null ? t("use.gone") : common(`roles.${each.role}`),
            shortId: each.principalId === null ? "–" : endOf(each.principalId),
          }));
          return (
            <Picture
              title={t("viewers.map")}
              summary={t("viewers.summary", { count: items.length })}
              columns={[t("use.role"), t("viewers.who"), t("viewers.purpose"), t("use.count"), t("viewers.last")]}
              rows={named.map(({ roleName, principalId, purpose, count, lastAt }) => [
                roleName,
                principalId === null ? "–" : <Who key="who" id={principalId} />,
                purpose === null ? "–" : words(`purposes.${purpose}`),
                count,
                format.dateTime(new Date(lastAt), { dateStyle: "medium", timeStyle: "short" }),
              ])}
            >
              {items.length === 0 ? <Empty>{t("viewers.nobody")}</Empty> : <ViewerMap viewers={named} />}
            </Picture>
          );
        }}
      </Answered>
    </Page>
  );
}
