// What we hold about me: topics in plain words, each of them covered until it is asked for.
import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { PlacePage } from "../place-page.tsx";
import { useWhose } from "../whose.tsx";
import { Topic } from "./topic.tsx";

export function File(): ReactNode {
  const t = useTranslations("portal-file");
  const { customerId, choice } = useWhose();
  const topics = useAsk("listPortalTopics", {});
  return (
    <PlacePage title={t("title")} lead={t("lead")}>
      {choice}
      <Answered of={topics}>
        {(known) => (
          // Another person's file begins covered, too.
          <Stack gap="sm" key={customerId ?? "own"}>
            {known.topics.map((topic) => (
              <Topic key={topic.topic} topic={topic} records={known.records} customerId={customerId} />
            ))}
          </Stack>
        )}
      </Answered>
    </PlacePage>
  );
}
