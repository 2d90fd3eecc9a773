// What a customer does about a request of theirs: write or answer, stand by it, appeal, withdraw.
import { Alert, Button, Card, Group, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { OwnRightRead } from "./own-right.tsx";

const CHANGES = ["readOwnRight", "listOwnRights"] as const;

export function OwnSteps({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const { state, identity, decision, appeal } = right;
  if (state === "closed") return null;
  const isOpen = state !== "decided";
  const isAnothers = isOpen && identity === "unverified";
  const mayAppeal = state === "decided" && decision !== null && decision.outcome !== "fulfilled" && appeal === null;
  return (
    <>
      {isAnothers && <Confirm right={right} />}
      <Card withBorder component="section">
        <Stack gap="sm">
          {state === "waiting" && <Text>{t("requests.waits")}</Text>}
          {mayAppeal ? <Words right={right} step="appeal" /> : <Words right={right} step="message" />}
          {isOpen && !isAnothers && state !== "appealed" && state !== "fulfilling" && <Withdraw right={right} />}
        </Stack>
      </Card>
    </>
  );
}

function Confirm({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const act = useAct("takeOwnRightStep", { changes: CHANGES });
  const params = { requestId: right.requestId };
  return (
    <Alert title={t("requests.filed")}>
      <Trouble error={act.error} />
      <Group>
        <Button loading={act.isPending} onClick={() => act.mutate({ params, body: { do: "confirm" } })}>
          {t("requests.confirm")}
        </Button>
        <Button variant="default" onClick={() => act.mutate({ params, body: { do: "withdraw" } })}>
          {t("requests.notMine")}
        </Button>
      </Group>
    </Alert>
  );
}

function Words({ right, step }: { readonly right: OwnRightRead; readonly step: "message" | "appeal" }): ReactNode {
  const t = useTranslations("portal-rights");
  const [words, setWords] = useState("");
  const act = useAct("takeOwnRightStep", { changes: CHANGES, onDone: () => setWords("") });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim() === "") return;
        act.mutate({ params: { requestId: right.requestId }, body: { do: step, words: words.trim() } });
      }}
    >
      <Stack gap="sm">
        <Trouble error={act.error} />
        <Textarea
          size="md"
          label={t(`requests.${step}`)}
          {...(step === "appeal" ? { description: t("requests.appealLead") } : {})}
          autosize
          minRows={2}
          maxLength={4000}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={act.isPending} disabled={words.trim() === ""}>
            {t(step === "appeal" ? "requests.appealSend" : "requests.messageSend")}
          </Button>
          {act.isSuccess && <Text role="status">{t("requests.sent")}</Text>}
        </Group>
      </Stack>
    </form>
  );
}

function Withdraw({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const act = useAct("takeOwnRightStep", { changes: CHANGES });
  return (
    <>
      <Trouble error={act.error} />
      <Button
        variant="subtle"
        w="fit-content"
        loading={act.isPending}
        onClick={() => act.mutate({ params: { requestId: right.requestId }, body: { do: "withdraw" } })}
      >
        {t("requests.withdraw")}
      </Button>
    </>
  );
}
