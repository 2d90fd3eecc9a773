// First notice of loss: what happened, taken down while the caller tells it, before there is a claim. It becomes one.
import { Alert, Button, Card, Group, Select, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { OriginChoice } from "../customers/origin-choice.tsx";
import type { ChosenOrigin } from "../imports/draft.ts";
import type { MaskedUnit, MaskedView } from "../customers/use-masked-view.ts";

const EMPTY = { "loss-date": "", "loss-place": "", cause: "", narrative: "" };
type Told = typeof EMPTY;
/** Whoever calls is mostly the customer. */
const CALLER: ChosenOrigin = { source: "person", ground: "given" };

/** Where a claim is to belong: the entity, brand and line of a policy within reach. */
export function FirstNotice({ view }: { readonly view: MaskedView }): ReactNode {
  const may = useMay();
  const places = view.units.filter(({ status }) => status !== "erased");
  return may("first-notice.take") && places.length > 0 ? <Notice customerId={view.customerId} places={places} /> : null;
}

interface NoticeProps {
  readonly customerId: string;
  readonly places: readonly MaskedUnit[];
}

function Notice({ customerId, places }: NoticeProps): ReactNode {
  const t = useTranslations("desk");
  const [placeId, setPlaceId] = useState((places.find(({ kind }) => kind === "policy") ?? places[0]!).unitId);
  const [told, setTold] = useState<Told>(EMPTY);
  const [origin, setOrigin] = useState(CALLER);
  const { mutate, isPending, data, error, reset } = useAct("takeFirstNotice", {
    changes: ["viewCustomerMasked"],
    onDone: () => {
      setTold(EMPTY);
      setOrigin(CALLER);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { entity, brand, line } = places.find(({ unitId }) => unitId === placeId) ?? places[0]!;
    const claim = {
      status: "received",
      ...Object.fromEntries(Object.entries(told).filter(([, text]) => text !== "")),
    };
    mutate({ params: { customerId }, body: { entity, brand, line, claim, origin } });
  };
  return (
    <Card withBorder component="section" aria-labelledby="notice">
      <Title order={2} id="notice" mb="xs">
        {t("notice.title")}
      </Title>
      {data !== undefined ? (
        <Taken team={data.team} onAnother={reset} />
      ) : (
        <form onSubmit={submit} autoComplete="off">
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t("notice.lead")}
            </Text>
            <Trouble error={error} />
            <NoticeFields places={places} placeId={placeId} onPlace={setPlaceId} told={told} onTold={setTold} />
            <OriginChoice origin={origin} onOrigin={setOrigin} units={["claim"]} />
            <Group>
              <Button type="submit" loading={isPending}>
                {t("notice.send")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Card>
  );
}

interface NoticeFieldsProps extends Pick<NoticeProps, "places"> {
  readonly placeId: string;
  readonly onPlace: (unitId: string) => void;
  readonly told: Told;
  readonly onTold: (told: Told) => void;
}

function NoticeFields({ places, placeId, onPlace, told, onTold }: NoticeFieldsProps): ReactNode {
  const t = useTranslations("desk");
  const words = useTranslations("words");
  const change = (name: keyof Told) => (text: string) => onTold({ ...told, [name]: text });
  return (
    <>
      <Group align="end" grow>
        <Select
          label={t("notice.place")}
          allowDeselect={false}
          data={places.map(({ unitId, kind, line, entity }, at) => ({
            value: unitId,
            label: `${at + 1} · ${words(`unitKinds.${kind}`)} · ${words(`lines.${line}`)} · ${entity}`,
          }))}
          value={placeId}
          onChange={(value) => value !== null && onPlace(value)}
        />
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t("notice.lossDate")}
          value={told["loss-date"]}
          onChange={(event) => change("loss-date")(event.currentTarget.value)}
        />
      </Group>
      <TextInput
        label={t("notice.lossPlace")}
        value={told["loss-place"]}
        onChange={(event) => change("loss-place")(event.currentTarget.value)}
      />
      <TextInput
        label={t("notice.cause")}
        value={told.cause}
        onChange={(event) => change("cause")(event.currentTarget.value)}
      />
      <Textarea
        label={t("notice.narrative")}
        required
        withAsterisk={false}
        autosize
        minRows={3}
        spellCheck={false}
        value={told.narrative}
        onChange={(event) => change("narrative")(event.currentTarget.value)}
      />
    </>
  );
}

interface TakenProps {
  readonly team: string;
  readonly onAnother: () => void;
}

function Taken({ team, onAnother }: TakenProps): ReactNode {
  const t = useTranslations("desk");
  return (
    <Alert role="status" color="gray" title={t("notice.taken")}>
      <Group>
        <Text size="sm">{t("notice.hands", { team })}</Text>
        <Button size="compact-sm" variant="default" onClick={onAnother}>
          {t("notice.another")}
        </Button>
      </Group>
    </Alert>
  );
}
