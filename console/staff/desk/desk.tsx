// The call desk before a call: the caller's file is found first, or taken from what the telephone system has put into one's hands.
import { Anchor, Stack, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useMyWork } from "../in-hand/my-work.ts";

export function Desk(): ReactNode {
  const t = useTranslations("desk");
  const { assignments, isThere, error, refetch } = useMyWork();
  const calls = assignments.filter(({ kind }) => kind === "call");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack maw="46rem">
        <Title order={2}>{t("calls")}</Title>
        <Trouble error={error} again={refetch} />
        {!isThere && error === null && <Loading lines={3} />}
        {isThere && calls.length === 0 && (
          <Empty
            action={
              <Anchor component={Link} to="/customers">
                {t("find")}
              </Anchor>
            }
          >
            {t("none")}
          </Empty>
        )}
        <ul className="lines">
          {calls.map(({ assignmentId, customerId, startsAt }) => (
            <li key={assignmentId}>
              <Anchor component={Link} to={`/desk/${customerId}`} fw={600}>
                {t.rich("callSince", { at: () => <Moment at={startsAt} /> })}
              </Anchor>
            </li>
          ))}
        </ul>
      </Stack>
    </Page>
  );
}
