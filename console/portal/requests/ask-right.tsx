// Asking under one's rights: what, where one lives, and in one's own words.
import { Button, Card, Select, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { KINDS, type Kind, MATTERS, type Matter } from "../../shared/rights/kinds.ts";
import { isWhole, type PlaceDraft, PlaceFields } from "../../shared/rights/place-fields.tsx";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useLacking } from "../../shared/lacking.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { ChooseEntry, type Entry } from "./choose-entry.tsx";

export function AskRight(): ReactNode {
  const t = useTranslations("portal-rights");
  const w = useTranslations("rights-words");
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind | null>(null);
  const [about, setAbout] = useState<Matter>("insurance");
  const [place, setPlace] = useState<PlaceDraft>({ country: null, state: null });
  const [words, setWords] = useState("");
  const [entry, setEntry] = useState<Entry | null>(null);
  const [right, setRight] = useState("");
  const open = useAct("openOwnRight", {
    changes: ["listOwnRights"],
    onDone: ({ requestId }) => navigate({ to: "/rights/$requestId", params: { requestId } }),
  });
  const submit = (): void => {
    if (kind === null || place.country === null || !isWhole(place)) return;
    const said = words.trim() === "" ? null : words.trim();
    const correction =
      kind !== "correction" || entry === null
        ? null
        : { recordId: entry.recordId, fields: { [entry.name]: right.trim() } };
    const body = { kind, about, place: { country: place.country, state: place.state }, words: said, correction };
    open.mutate({ body });
  };
  const isUnsaid = kind === "correction" && entry !== null && right.trim() === "";
  const lacking = useLacking([
    kind === null && t("requests.ask.what"),
    place.country === null ? t("requests.ask.country") : !isWhole(place) && w("state"),
    isUnsaid && t("requests.entry.right"),
  ]);
  return (
    <Card withBorder component="section" aria-labelledby="ask">
      <Title order={2} id="ask" mb="sm">
        {t("requests.ask.title")}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          lacking.send(submit);
        }}
      >
        <Stack gap="sm">
          <Trouble error={open.error} />
          <Select
            size="md"
            label={t("requests.ask.what")}
            data={KINDS.map((value) => ({ value, label: w(`kinds.${value}`) }))}
            value={kind}
            onChange={(value) => {
              setKind(value as Kind | null);
              setEntry(null);
            }}
          />
          <Select
            size="md"
            label={t("requests.ask.about")}
            data={MATTERS.map((value) => ({ value, label: w(`matters.${value}`) }))}
            allowDeselect={false}
            value={about}
            onChange={(value) => setAbout((value ?? "insurance") as Matter)}
          />
          <PlaceFields label={t("requests.ask.country")} place={place} onChange={setPlace} />
          {kind === "correction" && <Wrong entry={entry} onEntry={setEntry} right={right} onRight={setRight} />}
          <Textarea
            size="md"
            label={t("requests.ask.words")}
            description={t("requests.ask.wordsHint")}
            autosize
            minRows={3}
            maxLength={4000}
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {lacking.hint}
          <Button type="submit" w="fit-content" loading={open.isPending} {...lacking.button}>
            {t("requests.ask.send")}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

interface WrongProps {
  readonly entry: Entry | null;
  readonly onEntry: (entry: Entry | null) => void;
  readonly right: string;
  readonly onRight: (right: string) => void;
}

/** What is wrong, pointed at in the file, and what is right; what is not in the file is said in words. */
function Wrong({ entry, onEntry, right, onRight }: WrongProps): ReactNode {
  const t = useTranslations("portal-rights");
  const topics = useAsk("listPortalTopics", {});
  return (
    <>
      <Text>{t("requests.entry.lead")}</Text>
      <Answered of={topics}>{(known) => <ChooseEntry topics={known} onChoose={onEntry} />}</Answered>
      {entry !== null && (
        <TextInput
          size="md"
          label={t("requests.entry.right")}
          maxLength={4000}
          autoComplete="off"
          value={right}
          onChange={(event) => onRight(event.currentTarget.value)}
        />
      )}
    </>
  );
}
