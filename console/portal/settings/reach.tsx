// Confidential communications: one other address in place of all on file, what that does, and going back.
import { Alert, Button, Stack, Switch, Text } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { ask } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Freshly } from "./freshly.tsx";
import { ReachForm } from "./reach-form.tsx";
import { Section } from "./section.tsx";

export function Reach(): ReactNode {
  const t = useTranslations("portal-settings");
  const [isChoosing, setChoosing] = useState(false);
  const back = useAct("setOwnPreferences", { changes: ["getOwnPreferences"] });
  const stands = useQuery({
    queryKey: ["getOwnPreferences", "standing"],
    // Reading it is an entry once a passkey shows the address, so it is not done by itself; the address is not kept.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { alternative, onPaper } = await ask("getOwnPreferences", {}, { signal });
      const other = alternative === null ? null : { channel: alternative.channel, from: alternative.countsFrom };
      return { other, onPaper };
    },
  });
  return (
    <Section title={t("reach.title")} lead={t("reach.lead")}>
      <Trouble error={back.error} />
      <Answered of={stands}>
        {({ other, onPaper }) => (
          <Stack gap="sm">
            {other === null ? (
              <Text>{t("reach.none")}</Text>
            ) : (
              <Alert icon={<IconMailCheck aria-hidden />} title={t(`reach.stands.${other.channel}`)}>
                {t.rich("reach.from", { at: () => <Moment at={other.from} /> })}
              </Alert>
            )}
            <Freshly>
              {other === null && !isChoosing && (
                <Switch
                  label={t("reach.onPaper.label")}
                  description={t("reach.onPaper.hint")}
                  checked={onPaper}
                  disabled={back.isPending}
                  onChange={({ currentTarget: { checked } }) => back.mutate({ body: { onPaper: checked } })}
                />
              )}
              {isChoosing ? (
                <ReachForm onDone={() => setChoosing(false)} />
              ) : (
                <Button variant="default" w="fit-content" onClick={() => setChoosing(true)}>
                  {t(other === null ? "reach.choose" : "reach.change")}
                </Button>
              )}
              {other !== null && !isChoosing && (
                <>
                  <Button
                    variant="default"
                    w="fit-content"
                    loading={back.isPending}
                    onClick={() => back.mutate({ body: { alternative: null } })}
                  >
                    {t("reach.back")}
                  </Button>
                  <Text size="sm">{t("reach.backHint")}</Text>
                </>
              )}
            </Freshly>
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
