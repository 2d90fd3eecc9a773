// Home: what needs whoever works here, what they have in hand, whom they saw lately.
import { Card, SimpleGrid, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useSession } from "../../shared/session.ts";
import { WorkLines } from "../in-hand/work-list.tsx";
import { Deadlines } from "./deadlines.tsx";
import { Posture } from "./posture.tsx";
import { Recent } from "./recent.tsx";
import { Waiting } from "./waiting.tsx";

const ASSIGNMENTS = 50;
/** Few: each that is shown, though masked, is a look at a customer. */
const LINES = 8;

export function Home(): ReactNode {
  const t = useTranslations("home");
  const common = useTranslations("common");
  const { name } = useSession();
  const work = useAsk("listWork", { query: { limit: ASSIGNMENTS } });
  return (
    <Page title={common("welcome", { name })} lead={t("lead")}>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Card withBorder>
          <Title order={2} mb="sm">
            {t("waiting")}
          </Title>
          <Answered of={work}>{({ waiting, isCut }) => <Waiting waiting={waiting} isCut={isCut} />}</Answered>
        </Card>
        <Card withBorder>
          <Title order={2} mb="sm">
            {t("deadlines.title")}
          </Title>
          <Answered of={work}>{({ waiting }) => <Deadlines waiting={waiting} />}</Answered>
        </Card>
        <Card withBorder>
          <Title order={2} mb="sm">
            {t("assigned")}
          </Title>
          <WorkLines atFirst={LINES} />
        </Card>
        <Card withBorder>
          <Title order={2} mb="sm">
            {t("recent")}
          </Title>
          <Recent />
        </Card>
        <Posture />
      </SimpleGrid>
    </Page>
  );
}
