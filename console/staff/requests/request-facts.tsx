// All that is known of one request.
import { List } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { useNames } from "../governing/choices.ts";
import { Facts } from "../../shared/facts.tsx";
import { Who } from "../governing/who.tsx";
import type { Grant } from "./request-columns.tsx";
import { useSummary } from "./summary.ts";

export function RequestFacts({ grant }: { readonly grant: Grant }): ReactNode {
  const t = useTranslations("requests");
  const name = useNames();
  const format = useFormatter();
  const summary = useSummary();
  const { holderId, reason, requestedAt, untilAt, lends, decisions, reviewBy, review } = grant;
  const classes = lends?.classes ?? null;
  return (
    <Facts
      of={[
        [t("who"), <Who key="who" id={holderId} />],
        [t("what"), summary(grant)],
        [t("rows"), lends === null ? null : name.rows(lends.rowScope)],
        [t("classes"), classes === null ? null : format.list(classes.map(name.dataClass))],
        [t("reason"), reason],
        [t("asked"), <Moment key="asked" at={requestedAt} />],
        [t("until"), untilAt === null ? null : <Moment key="until" at={untilAt} />],
        [t("decisions"), decisions.length === 0 ? null : <Decisions key="decisions" of={decisions} />],
        [t("reviewBy"), reviewBy === null || review !== null ? null : <Moment key="reviewBy" at={reviewBy} />],
        [t("review.title"), review === null ? null : `${t(`review.${review.finding}`)}: ${review.note}`],
      ]}
    />
  );
}

function Decisions({ of }: { readonly of: Grant["decisions"] }): ReactNode {
  const t = useTranslations("requests");
  return (
    <List size="sm" listStyleType="none">
      {of.map(({ by, at, approves, note }) => (
        <List.Item key={by}>
          <Who id={by} />: {approves ? t("approved") : t("denied")}, <Moment at={at} />
          {note !== null && ` (${note})`}
        </List.Item>
      ))}
    </List>
  );
}
