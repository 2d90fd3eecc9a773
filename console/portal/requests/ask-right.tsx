// Asking under one's rights: what, where one lives, and in one's own words.
import { Button, Card, Select, Stack, Textarea, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { KINDS, type Kind, MATTERS, type Matter } from "../../shared/rights/kinds.ts";
import { isWhole, type PlaceDraft, PlaceFields } from "../../shared/rights/place-fields.tsx";
import { Trouble } from "../../shared/trouble.tsx";

export function AskRight(): ReactNode {
  const t = useTranslations("portal-rights");
  const w = useTranslations("rights-words");
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind | null>(null);
  const [about, setAbout] = useState<Matter>("insurance");
  const [place, setPlace] = useState<PlaceDraft>({ country: null, state: null });
  const [words, setWords] = useState("");
  const open = useAct("openOwnRight", {
    changes: ["listOwnRights"],
    onDone: ({ requestId }) => navigate({ to: "/rights/$requestId", params: { requestId } }),
  });
  const submit = (): void => {
    if (kind === null || place.country === null || !isWhole(place)) return;
    const said = words.trim() === "" ? null : words.trim();
    open.mutate({ body: { kind, about, place: { country: place.country, state: place.state }, words: said } });
  };
  return (
    <Card withBorder component="section" aria-labelledby="ask">
      <Title order={2} id="ask" mb="sm">
        {t("requests.ask.title")}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <Trouble error={open.error} />
          <Select
            size="md"
            label={t("requests.ask.what")}
            data={KINDS.map((value) => ({ value, label: w(`kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(value as Kind | null)}
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
          <Button type="submit" w="fit-content" loading={open.isPending} disabled={kind === null || !isWhole(place)}>
            {t("requests.ask.send")}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
