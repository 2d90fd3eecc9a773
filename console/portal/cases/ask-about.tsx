// "I don't recognise this": asks about a look, and tells how the question stands.
import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconCircleCheck, IconQuestionMark } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { type CaseState, useCaseStates } from "./case-states.ts";
import { CaseWords } from "./case-words.tsx";

const CHARACTERS_MAX = 4000;

export function AskAbout({ entryId }: { readonly entryId: string }): ReactNode {
  const t = useTranslations("portal-cases");
  const cases = useCaseStates();
  const [isAsking, setAsking] = useState(false);
  if (cases.data === undefined) return cases.error !== null && <Trouble error={cases.error} again={cases.refetch} />;
  const known = cases.data.find((one) => one.entryId === entryId);
  if (known !== undefined) return <HowItStands known={known} />;
  if (isAsking) return <Question entryId={entryId} onDone={() => setAsking(false)} />;
  return (
    <Button
      variant="default"
      w="fit-content"
      leftSection={<IconQuestionMark size={18} aria-hidden />}
      onClick={() => setAsking(true)}
    >
      {t("notMine")}
    </Button>
  );
}

function Question({ entryId, onDone }: { readonly entryId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("portal-cases");
  const common = useTranslations("common");
  const [words, setWords] = useState("");
  const open = useAct("openCase", { changes: ["listOwnCases"], onDone });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate({ body: { entryId, words: words.trim() === "" ? t("ask.usual") : words.trim() } });
      }}
    >
      <Stack gap="sm">
        <Text>{t("ask.lead")}</Text>
        <Trouble error={open.error} />
        <Textarea
          size="md"
          label={t("ask.label")}
          description={t("ask.hint")}
          autosize
          minRows={3}
          maxLength={CHARACTERS_MAX}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={open.isPending}>
            {t("ask.send")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function HowItStands({ known }: { readonly known: CaseState }): ReactNode {
  const t = useTranslations("portal-cases");
  const close = useAct("closeCase", { changes: ["listOwnCases"] });
  const { caseId, state, openedAt, answeredAt } = known;
  return (
    <Alert
      color={state === "answered" ? "ink" : "gray"}
      icon={state === "open" ? <IconQuestionMark aria-hidden /> : <IconCircleCheck aria-hidden />}
      title={t(`state.${state}`)}
    >
      <Stack gap="sm">
        <Text>{t.rich("asked", { at: () => <Moment at={openedAt} dateOnly /> })}</Text>
        <Text>
          {answeredAt === null ? t("waits") : t.rich("answered", { at: () => <Moment at={answeredAt} dateOnly /> })}
        </Text>
        <CaseWords caseId={caseId} hasAnswer={answeredAt !== null} />
        <Trouble error={close.error} />
        {state !== "closed" && answeredAt !== null && (
          <Button
            variant="default"
            w="fit-content"
            loading={close.isPending}
            onClick={() => close.mutate({ params: { caseId } })}
          >
            {t("close")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
